package dev.kindred.optim;

import dev.kindred.nn.Parameter;
import dev.kindred.runtime.FullPrecision;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adam whose step for each parameter is scaled to the parameter's own norm: what {@link Lars} is to
 * {@link Sgd}. For transformers at large batches.
 *
 * <pre>
 * m = beta1 * m + (1 - beta1) * gradient
 * v = beta2 * v + (1 - beta2) * gradient^2
 * u = (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon) + weightDecay * p
 * p = p - learningRate * (|p| / |u|) * u
 * </pre>
 *
 * <p>Where {@code |p|} or {@code |u|} is zero the ratio is 1. A parameter outside {@code scope}
 * takes the plain Adam step: ratio 1, no decay. You et al., "Large Batch Optimization for Deep
 * Learning: Training BERT in 76 minutes", ICLR 2020 (arXiv:1904.00962), algorithm 2 with the
 * identity as its scaling function.
 *
 * @param beta1 how much of the first moment remains, in {@code [0, 1)}
 * @param beta2 how much of the second moment remains, in {@code [0, 1)}
 * @param epsilon what is added to the root of the second moment, {@code > 0}
 * @param weightDecay the factor of the parameter in its step, {@code >= 0}
 * @param scope which parameters are adapted and decay
 */
public record Lamb(float beta1, float beta2, float epsilon, float weightDecay, ParameterScope scope)
    implements Optimizer {
  static final String NAME = "lamb";

  /** The settings of the paper's BERT experiments. */
  private static final Lamb DEFAULTS =
      new Lamb(0.9f, 0.999f, 1e-6f, 1e-2f, ParameterScope.WEIGHTS_ONLY);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Lamb {
    Require.decayRate("beta1", beta1);
    Require.decayRate("beta2", beta2);
    Require.positive("epsilon", epsilon);
    Require.atLeastZero("weight decay", weightDecay);
  }

  /**
   * The settings of the paper's BERT experiments: betas 0.9 and 0.999, epsilon 1e-6, weight decay
   * 0.01, on {@link ParameterScope#WEIGHTS_ONLY}.
   */
  public static Lamb defaults() {
    return DEFAULTS;
  }

  /** This optimizer with other moments. */
  public Lamb betas(float beta1, float beta2) {
    return new Lamb(beta1, beta2, epsilon, weightDecay, scope);
  }

  /** This optimizer with another epsilon. */
  public Lamb epsilon(float epsilon) {
    return new Lamb(beta1, beta2, epsilon, weightDecay, scope);
  }

  /** This optimizer with another weight decay. */
  public Lamb weightDecay(float weightDecay) {
    return new Lamb(beta1, beta2, epsilon, weightDecay, scope);
  }

  /** This optimizer with adaptation and decay on other parameters. */
  public Lamb scope(ParameterScope scope) {
    return new Lamb(beta1, beta2, epsilon, weightDecay, scope);
  }

  static Lamb of(Settings.Reader in) {
    return new Lamb(
        in.number("beta1"),
        in.number("beta2"),
        in.number("epsilon"),
        in.number("weightDecay"),
        in.choice("scope", ParameterScope.class));
  }

  @Override
  public Map<String, Object> settings() {
    return Settings.named(NAME)
        .put("beta1", beta1)
        .put("beta2", beta2)
        .put("epsilon", epsilon)
        .put("weightDecay", weightDecay)
        .put("scope", scope)
        .map();
  }

  @Override
  public List<Op> apply(Ops tf, List<GradientOf> gradients, StepInputs inputs, Slots slots) {
    BiasCorrection bias = BiasCorrection.at(tf, inputs.step(), beta1, beta2);
    return gradients.stream()
        .map(each -> each.with(adam(tf, each, bias, inputs, slots)))
        .map(each -> step(tf, each, inputs.learningRate()))
        .toList();
  }

  private Op step(Ops tf, GradientOf adam, Operand<TFloat32> learningRate) {
    Parameter parameter = adam.parameter();
    if (!scope.covers(parameter)) {
      return tf.train.applyGradientDescent(parameter.variable(), learningRate, adam.gradient());
    }
    Operand<TFloat32> decayed = Sgd.addDecay(tf, adam, tf.constant(weightDecay));
    Operand<TFloat32> rate = tf.math.mul(learningRate, trust(tf, parameter, decayed));
    return tf.train.applyGradientDescent(parameter.variable(), rate, decayed);
  }

  private static Operand<TFloat32> trust(Ops tf, Parameter parameter, Operand<TFloat32> update) {
    Operand<TFloat32> weightNorm = Norms.of(tf, parameter.value());
    Operand<TFloat32> updateNorm = Norms.of(tf, update);
    return tf.select(
        Norms.bothNonZero(tf, weightNorm, updateNorm),
        tf.math.realDiv(weightNorm, updateNorm),
        tf.constant(1f));
  }

  /** Adam's step without its learning rate, from the two moments that it moves on. */
  private Operand<TFloat32> adam(
      Ops tf, GradientOf each, BiasCorrection bias, StepInputs inputs, Slots slots) {
    Operand<TFloat32> gradient = each.gradient();
    Operand<TFloat32> share =
        tf.math.mul(FullPrecision.scalar(tf, 1 - beta1, inputs.step()), gradient);
    Operand<TFloat32> scaled =
        tf.math.mul(FullPrecision.scalar(tf, 1 - beta2, inputs.step()), gradient);
    Operand<TFloat32> squareShare = tf.math.mul(scaled, gradient);
    Operand<TFloat32> first =
        moved(tf, slots.zeros(NAME + "/first", each.parameter()), beta1, share);
    Operand<TFloat32> second =
        moved(tf, slots.zeros(NAME + "/second", each.parameter()), beta2, squareShare);
    return tf.math.realDiv(
        tf.math.realDiv(first, bias.first()),
        tf.math.add(
            tf.math.realDiv(tf.math.sqrt(second), bias.secondRoot()), tf.constant(epsilon)));
  }

  /** Makes the mean {@code beta} of itself plus {@code share}, and returns that. */
  private static Operand<TFloat32> moved(
      Ops tf, Variable<TFloat32> mean, float beta, Operand<TFloat32> share) {
    Operand<TFloat32> kept = tf.math.mul(tf.constant(beta), tf.identity(mean));
    return tf.identity(tf.assign(mean, tf.math.add(kept, share)));
  }
}
