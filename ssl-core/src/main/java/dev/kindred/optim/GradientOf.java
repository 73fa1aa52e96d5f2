package dev.kindred.optim;

import dev.kindred.nn.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A parameter and the loss's gradient with respect to it.
 *
 * @param parameter what is trained
 * @param gradient the gradient, of the parameter's shape
 */
public record GradientOf(Parameter parameter, Operand<TFloat32> gradient) {
  /**
   * Checks that the parameter is one that gradients train.
   *
   * @throws IllegalArgumentException if the parameter is not trainable
   */
  public GradientOf {
    if (!parameter.trainable()) {
      throw new IllegalArgumentException(
          "only a trainable parameter takes a gradient, but " + parameter.path() + " is frozen");
    }
  }

  GradientOf with(Operand<TFloat32> other) {
    return new GradientOf(parameter, other);
  }
}
