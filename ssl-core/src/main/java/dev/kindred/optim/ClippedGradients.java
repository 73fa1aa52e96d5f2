package dev.kindred.optim;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What {@link GradientClip} made.
 *
 * @param gradients the scaled gradients, in the order in which they were given
 * @param norm the norm of all gradients before scaling, a scalar
 */
public record ClippedGradients(List<GradientOf> gradients, Operand<TFloat32> norm) {}
