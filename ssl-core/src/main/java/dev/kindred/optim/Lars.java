package dev.kindred.optim;

import dev.kindred.runtime.FullPrecision;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Layer-wise adaptive rate scaling: momentum descent whose step for each parameter is proportional
 * to the parameter's own norm. For large batches, where one learning rate is too long a step for
 * some layers and too short for others.
 *
 * <pre>
 * trust = eta * |p| / (|gradient| + weightDecay * |p| + epsilon)
 * trust = min(trust / learningRate, 1)         (only with clip)
 * g = trust * (gradient + weightDecay * p)
 * v = momentum * v + g
 * p = p - learningRate * v                     (nesterov: g + momentum * v in place of v)
 * </pre>
 *
 * <p>A parameter outside {@code scope}, or one whose norm or whose gradient's norm is zero, takes
 * the plain momentum step: neither scaled nor decayed. You et al., "Large Batch Training of
 * Convolutional Networks", 2017 (arXiv:1708.03888); the clip and the treatment of zero norms follow
 * solo-learn.
 *
 * @param eta the trust coefficient, {@code > 0}
 * @param momentum how much of the velocity remains, in {@code [0, 1)}
 * @param nesterov whether to look ahead along the velocity; needs momentum
 * @param weightDecay the factor of the parameter in its gradient, {@code >= 0}
 * @param clip whether the scaled rate may not exceed the learning rate (called LARC)
 * @param epsilon what keeps the denominator from zero, {@code >= 0}
 * @param scope which parameters are adapted and decay
 */
public record Lars(
    float eta,
    float momentum,
    boolean nesterov,
    float weightDecay,
    boolean clip,
    float epsilon,
    ParameterScope scope)
    implements Optimizer {
  static final String NAME = "lars";

  /** solo-learn's CIFAR-10 settings. */
  private static final Lars DEFAULTS =
      new Lars(2e-2f, 0.9f, false, 1e-4f, true, 1e-8f, ParameterScope.WEIGHTS_ONLY);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Lars {
    Require.positive("eta", eta);
    Require.decayRate("momentum", momentum);
    Require.that(!nesterov || momentum > 0, "momentum", "> 0 with nesterov", momentum);
    Require.atLeastZero("weight decay", weightDecay);
    Require.atLeastZero("epsilon", epsilon);
  }

  /**
   * solo-learn's CIFAR-10 settings: eta 0.02, momentum 0.9, weight decay 1e-4, clip, epsilon 1e-8,
   * on {@link ParameterScope#WEIGHTS_ONLY}. The paper itself has eta 0.001 and no clip.
   */
  public static Lars defaults() {
    return DEFAULTS;
  }

  /** This optimizer with another trust coefficient. */
  public Lars eta(float eta) {
    return new Lars(eta, momentum, nesterov, weightDecay, clip, epsilon, scope);
  }

  /** This optimizer with another momentum. */
  public Lars momentum(float momentum) {
    return new Lars(eta, momentum, nesterov, weightDecay, clip, epsilon, scope);
  }

  /** This optimizer with or without the look-ahead. */
  public Lars nesterov(boolean nesterov) {
    return new Lars(eta, momentum, nesterov, weightDecay, clip, epsilon, scope);
  }

  /** This optimizer with another weight decay. */
  public Lars weightDecay(float weightDecay) {
    return new Lars(eta, momentum, nesterov, weightDecay, clip, epsilon, scope);
  }

  /** This optimizer with or without the bound on the scaled rate. */
  public Lars clip(boolean clip) {
    return new Lars(eta, momentum, nesterov, weightDecay, clip, epsilon, scope);
  }

  /** This optimizer with another epsilon. */
  public Lars epsilon(float epsilon) {
    return new Lars(eta, momentum, nesterov, weightDecay, clip, epsilon, scope);
  }

  /** This optimizer with adaptation and decay on other parameters. */
  public Lars scope(ParameterScope scope) {
    return new Lars(eta, momentum, nesterov, weightDecay, clip, epsilon, scope);
  }

  static Lars of(Settings.Reader in) {
    return new Lars(
        in.number("eta"),
        in.number("momentum"),
        in.flag("nesterov"),
        in.number("weightDecay"),
        in.flag("clip"),
        in.number("epsilon"),
        in.choice("scope", ParameterScope.class));
  }

  @Override
  public Map<String, Object> settings() {
    return Settings.named(NAME)
        .put("eta", eta)
        .put("momentum", momentum)
        .put("nesterov", nesterov)
        .put("weightDecay", weightDecay)
        .put("clip", clip)
        .put("epsilon", epsilon)
        .put("scope", scope)
        .map();
  }

  @Override
  public List<Op> apply(Ops tf, List<GradientOf> gradients, StepInputs inputs, Slots slots) {
    return gradients.stream()
        .map(each -> each.with(scaled(tf, each, inputs)))
        .map(each -> Sgd.descend(tf, each, inputs, slots, NAME, momentum, nesterov))
        .toList();
  }

  private Operand<TFloat32> scaled(Ops tf, GradientOf each, StepInputs inputs) {
    return scope.covers(each.parameter()) ? adapted(tf, each, inputs) : each.gradient();
  }

  private Operand<TFloat32> adapted(Ops tf, GradientOf each, StepInputs inputs) {
    Operand<TFloat32> weightNorm = Norms.of(tf, each.parameter().value());
    Operand<TFloat32> gradientNorm = Norms.of(tf, each.gradient());
    Operand<TBool> adapts = Norms.bothNonZero(tf, weightNorm, gradientNorm);
    Operand<TFloat32> trust = trust(tf, weightNorm, gradientNorm, inputs.learningRate());
    Operand<TFloat32> decay =
        tf.select(adapts, FullPrecision.scalar(tf, weightDecay, inputs.step()), tf.constant(0f));
    return tf.math.mul(tf.select(adapts, trust, tf.constant(1f)), Sgd.addDecay(tf, each, decay));
  }

  private Operand<TFloat32> trust(
      Ops tf,
      Operand<TFloat32> weightNorm,
      Operand<TFloat32> gradientNorm,
      Operand<TFloat32> learningRate) {
    Operand<TFloat32> decayNorm = tf.math.mul(tf.constant(weightDecay), weightNorm);
    Operand<TFloat32> denominator =
        tf.math.add(tf.math.add(gradientNorm, decayNorm), tf.constant(epsilon));
    Operand<TFloat32> ratio =
        tf.math.realDiv(tf.math.mul(tf.constant(eta), weightNorm), denominator);
    return clip ? tf.math.minimum(tf.math.realDiv(ratio, learningRate), tf.constant(1f)) : ratio;
  }
}
