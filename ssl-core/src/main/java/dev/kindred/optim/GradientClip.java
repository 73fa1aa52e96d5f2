package dev.kindred.optim;

import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Scales all gradients down together where their common norm is above a bound, so that one bad
 * batch cannot throw the parameters far; the direction stays.
 *
 * <pre>
 * norm = sqrt(sum over all gradients g of |g|^2)
 * g = g * min(1, maxNorm / norm)
 * </pre>
 *
 * <p>Pascanu et al., "On the difficulty of training recurrent neural networks", ICML 2013
 * (arXiv:1211.5063).
 *
 * @param maxNorm the bound, {@code > 0}
 */
public record GradientClip(float maxNorm) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the bound is not finite and {@code > 0}
   */
  public GradientClip {
    Require.positive("max norm", maxNorm);
  }

  /** Bounds the norm of all gradients taken as one vector. */
  public static GradientClip globalNorm(float maxNorm) {
    return new GradientClip(maxNorm);
  }

  /**
   * Adds the norm and the scaled gradients to the graph. Where the norm is not finite every clipped
   * gradient is NaN, so that a divergence is seen and not scaled away.
   *
   * @param gradients at least one
   * @throws IllegalArgumentException if there are no gradients
   */
  public ClippedGradients apply(Ops tf, List<GradientOf> gradients) {
    Operand<TFloat32> norm = norm(tf, gradients);
    Operand<TFloat32> scale = scale(tf, norm);
    return new ClippedGradients(
        gradients.stream().map(each -> each.with(tf.math.mul(each.gradient(), scale))).toList(),
        norm);
  }

  /**
   * The norm of all gradients taken as one vector, a scalar; a metric worth logging without
   * clipping too.
   *
   * @throws IllegalArgumentException if there are no gradients
   */
  public static Operand<TFloat32> norm(Ops tf, List<GradientOf> gradients) {
    Require.that(!gradients.isEmpty(), "gradients", "at least one", "none");
    return Norms.ofAll(tf, gradients.stream().map(GradientOf::gradient).toList());
  }

  private Operand<TFloat32> scale(Ops tf, Operand<TFloat32> norm) {
    Operand<TFloat32> bounded =
        tf.math.minimum(tf.constant(1f), tf.math.realDiv(tf.constant(maxNorm), norm));
    return tf.select(tf.math.isFinite(norm), bounded, tf.constant(Float.NaN));
  }
}
