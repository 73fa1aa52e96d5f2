package dev.kindred.optim;

import dev.kindred.runtime.FullPrecision;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.TFloat32;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it: weight decay is added to the
 * gradient, the velocity has no dampening and the learning rate multiplies the velocity.
 *
 * <pre>
 * g = gradient + weightDecay * p
 * v = momentum * v + g
 * p = p - learningRate * v                     (nesterov: g + momentum * v in place of v)
 * </pre>
 *
 * <p>Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML
 * 2013; formulas of {@code torch.optim.SGD}. The usual choice for convolutional encoders up to a
 * batch of about 1,024; beyond, see {@link Lars}.
 *
 * @param momentum how much of the velocity remains, in {@code [0, 1)}; without momentum there is no
 *     velocity to store
 * @param nesterov whether to look ahead along the velocity; needs momentum
 * @param weightDecay the factor of the parameter in its gradient, {@code >= 0}
 * @param scope which parameters decay
 */
public record Sgd(float momentum, boolean nesterov, float weightDecay, ParameterScope scope)
    implements Optimizer {
  static final String NAME = "sgd";

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Sgd {
    Require.decayRate("momentum", momentum);
    Require.that(!nesterov || momentum > 0, "momentum", "> 0 with nesterov", momentum);
    Require.atLeastZero("weight decay", weightDecay);
  }

  /** Plain gradient descent: no momentum, no weight decay. */
  public static Sgd plain() {
    return momentum(0);
  }

  /** With momentum, no weight decay; decay, once set, covers {@link ParameterScope#ALL}. */
  public static Sgd momentum(float momentum) {
    return new Sgd(momentum, false, 0, ParameterScope.ALL);
  }

  /** This optimizer with or without the look-ahead. */
  public Sgd nesterov(boolean nesterov) {
    return new Sgd(momentum, nesterov, weightDecay, scope);
  }

  /** This optimizer with another weight decay. */
  public Sgd weightDecay(float weightDecay) {
    return new Sgd(momentum, nesterov, weightDecay, scope);
  }

  /** This optimizer with weight decay on other parameters. */
  public Sgd scope(ParameterScope scope) {
    return new Sgd(momentum, nesterov, weightDecay, scope);
  }

  static Sgd of(Settings.Reader in) {
    return new Sgd(
        in.number("momentum"),
        in.flag("nesterov"),
        in.number("weightDecay"),
        in.choice("scope", ParameterScope.class));
  }

  @Override
  public Map<String, Object> settings() {
    return Settings.named(NAME)
        .put("momentum", momentum)
        .put("nesterov", nesterov)
        .put("weightDecay", weightDecay)
        .put("scope", scope)
        .map();
  }

  @Override
  public List<Op> apply(Ops tf, List<GradientOf> gradients, StepInputs inputs, Slots slots) {
    return gradients.stream()
        .map(each -> descend(tf, each.with(decayed(tf, each, inputs)), inputs, slots))
        .toList();
  }

  private Operand<TFloat32> decayed(Ops tf, GradientOf each, StepInputs inputs) {
    return weightDecay > 0 && scope.covers(each.parameter())
        ? addDecay(tf, each, FullPrecision.scalar(tf, weightDecay, inputs.step()))
        : each.gradient();
  }

  private Op descend(Ops tf, GradientOf each, StepInputs inputs, Slots slots) {
    return momentum > 0
        ? descend(tf, each, inputs, slots, NAME, momentum, nesterov)
        : tf.train.applyGradientDescent(
            each.parameter().variable(), inputs.learningRate(), each.gradient());
  }

  /** The gradient plus {@code decay}, of full precision, times the parameter. */
  static Operand<TFloat32> addDecay(Ops tf, GradientOf each, Operand<TFloat32> decay) {
    return tf.math.add(each.gradient(), tf.math.mul(decay, each.parameter().value()));
  }

  /** The momentum step, shared by the optimizers that only change the gradient first. */
  static Op descend(
      Ops tf,
      GradientOf each,
      StepInputs inputs,
      Slots slots,
      String owner,
      float momentum,
      boolean nesterov) {
    return tf.train.applyMomentum(
        each.parameter().variable(),
        slots.zeros(owner + "/momentum", each.parameter()),
        inputs.learningRate(),
        each.gradient(),
        tf.constant(momentum),
        ApplyMomentum.useNesterov(nesterov));
  }
}
