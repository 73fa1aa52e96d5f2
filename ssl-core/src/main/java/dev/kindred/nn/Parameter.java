package dev.kindred.nn;

import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A variable of a network: a weight that gradients train, a weight that follows another (the
 * momentum branch), or a statistic.
 *
 * @param path the unique name, such as {@code online/encoder/stage2/block0/conv1/kernel}
 * @param variable the TensorFlow variable; only updates may touch it
 * @param value the variable's value as an identity, which is how everything else reads it:
 *     gradients of some operations crash when given the variable itself
 * @param role what it is
 * @param trainable whether gradients are taken with respect to it
 */
public record Parameter(
    String path,
    Variable<TFloat32> variable,
    Operand<TFloat32> value,
    Role role,
    boolean trainable) {

  private static final char SEPARATOR = '/';

  /** TensorFlow reserves the slash in an operation's name for scopes of its own. */
  private static final char NAME_SEPARATOR = '.';

  /** What a parameter is to the optimizer. */
  public enum Role {
    /** A kernel or matrix: weight decay and layer-wise adaptation apply. */
    WEIGHT,
    /** A bias, or a normalisation's scale or offset: commonly left out of decay and adaptation. */
    BIAS_OR_NORM,
    /** A running statistic, which no gradient reaches. */
    STATISTIC
  }

  /**
   * The path of the parameter whose variable this operation is, in a graph that was built anew or
   * loaded.
   */
  public static String path(Operation variable) {
    return variable.name().replace(NAME_SEPARATOR, SEPARATOR);
  }

  /** What a variable of this path is called in the graph. */
  static String variableName(String path) {
    return path.replace(SEPARATOR, NAME_SEPARATOR);
  }

  /** The number of values. */
  public long size() {
    return variable.shape().size();
  }
}
