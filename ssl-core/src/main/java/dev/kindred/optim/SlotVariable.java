package dev.kindred.optim;

import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * One variable of an optimizer's state.
 *
 * @param name its unique name, such as {@code sgd/momentum/online/encoder/conv1/kernel}
 * @param variable the TensorFlow variable; only updates may touch it
 */
public record SlotVariable(String name, Variable<TFloat32> variable) {}
