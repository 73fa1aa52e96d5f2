package dev.kindred.optim;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The scalars that the host feeds to an optimizer at each step.
 *
 * @param learningRate the learning rate of this step, from {@link Schedule#at}
 * @param step which step this is, counting updates from 1; exact up to 2^24
 */
public record StepInputs(Operand<TFloat32> learningRate, Operand<TFloat32> step) {}
