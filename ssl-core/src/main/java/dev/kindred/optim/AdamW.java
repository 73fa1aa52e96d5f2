package dev.kindred.optim;

import dev.kindred.nn.Parameter;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay. With a weight decay of 0 it is Adam.
 *
 * <pre>
 * p = p - learningRate * weightDecay * p
 * m = beta1 * m + (1 - beta1) * gradient
 * v = beta2 * v + (1 - beta2) * gradient^2
 * p = p - learningRate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019 (arXiv:1711.05101);
 * Kingma and Ba, "Adam", ICLR 2015 (arXiv:1412.6980); formulas of {@code torch.optim.AdamW}. The
 * usual choice for transformers.
 *
 * @param beta1 how much of the first moment remains, in {@code [0, 1)}
 * @param beta2 how much of the second moment remains, in {@code [0, 1)}
 * @param epsilon what is added to the root of the second moment, {@code > 0}
 * @param weightDecay the rate of decay per unit of learning rate, {@code >= 0}
 * @param scope which parameters decay
 */
public record AdamW(
    float beta1, float beta2, float epsilon, float weightDecay, ParameterScope scope)
    implements Optimizer {
  static final String NAME = "adamw";

  /** Moments and epsilon of Kingma and Ba; weight decay of {@code torch.optim.AdamW}. */
  private static final AdamW DEFAULTS =
      new AdamW(0.9f, 0.999f, 1e-8f, 1e-2f, ParameterScope.WEIGHTS_ONLY);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public AdamW {
    Require.decayRate("beta1", beta1);
    Require.decayRate("beta2", beta2);
    Require.positive("epsilon", epsilon);
    Require.atLeastZero("weight decay", weightDecay);
  }

  /**
   * PyTorch's values: betas 0.9 and 0.999, epsilon 1e-8, weight decay 0.01; but decay on {@link
   * ParameterScope#WEIGHTS_ONLY}, as DINO, MAE and BERT do.
   */
  public static AdamW defaults() {
    return DEFAULTS;
  }

  /** This optimizer with other moments. */
  public AdamW betas(float beta1, float beta2) {
    return new AdamW(beta1, beta2, epsilon, weightDecay, scope);
  }

  /** This optimizer with another epsilon. */
  public AdamW epsilon(float epsilon) {
    return new AdamW(beta1, beta2, epsilon, weightDecay, scope);
  }

  /** This optimizer with another weight decay. */
  public AdamW weightDecay(float weightDecay) {
    return new AdamW(beta1, beta2, epsilon, weightDecay, scope);
  }

  /** This optimizer with weight decay on other parameters. */
  public AdamW scope(ParameterScope scope) {
    return new AdamW(beta1, beta2, epsilon, weightDecay, scope);
  }

  static AdamW of(Settings.Reader in) {
    return new AdamW(
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

  /**
   * Adds the updates. TensorFlow's fused kernel divides by {@code sqrt(v) + epsilon} and corrects
   * no moment when its powers are given as 0, so both corrections enter through its learning rate
   * and its epsilon: with {@code c = sqrt(1 - beta2^t)}, {@code m / (sqrt(v) / c + epsilon)} is
   * {@code c * m / (sqrt(v) + c * epsilon)}.
   */
  @Override
  public List<Op> apply(Ops tf, List<GradientOf> gradients, StepInputs inputs, Slots slots) {
    BiasCorrection bias = BiasCorrection.at(tf, inputs.step(), beta1, beta2);
    Operand<TFloat32> rate =
        tf.math.div(tf.math.mul(inputs.learningRate(), bias.secondRoot()), bias.first());
    Operand<TFloat32> floor = tf.math.mul(tf.constant(epsilon), bias.secondRoot());
    Operand<TFloat32> decay = tf.math.mul(inputs.learningRate(), tf.constant(weightDecay));
    return gradients.stream()
        .map(each -> adapt(decayed(tf, each.parameter(), decay), each, rate, floor, slots))
        .toList();
  }

  /** Decays the parameter; what is built on the result runs afterwards. */
  private Ops decayed(Ops tf, Parameter parameter, Operand<TFloat32> decay) {
    return weightDecay > 0 && scope.covers(parameter)
        ? tf.withControlDependencies(
            tf.assignSub(parameter.variable(), tf.math.mul(decay, parameter.value())))
        : tf;
  }

  private Op adapt(
      Ops tf, GradientOf each, Operand<TFloat32> rate, Operand<TFloat32> floor, Slots slots) {
    Variable<TFloat32> first = slots.zeros(NAME + "/first", each.parameter());
    Variable<TFloat32> second = slots.zeros(NAME + "/second", each.parameter());
    Operand<TFloat32> zero = tf.constant(0f);
    return tf.train.applyAdam(
        each.parameter().variable(),
        first,
        second,
        zero,
        zero,
        rate,
        tf.constant(beta1),
        tf.constant(beta2),
        floor,
        each.gradient());
  }
}
