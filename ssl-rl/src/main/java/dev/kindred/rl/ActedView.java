package dev.kindred.rl;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A view, and what was done to come to it from the view before.
 *
 * @param observation {@code [batch, height, width, channels]}
 * @param action what led from the view before to this one, {@code [batch, numbers]}; a choice as a
 *     one among zeros; of the first view, which nothing led to, what leads from it
 */
public record ActedView(Operand<TFloat32> observation, Operand<TFloat32> action) {}
