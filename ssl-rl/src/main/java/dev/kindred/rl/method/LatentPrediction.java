package dev.kindred.rl.method;

import dev.kindred.losses.Byol;
import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.MethodSettings;
import dev.kindred.method.Momentum;
import dev.kindred.method.Objective;
import dev.kindred.nn.Activations;
import dev.kindred.nn.Block;
import dev.kindred.nn.Dense;
import dev.kindred.nn.LayerNorm;
import dev.kindred.rl.ActedView;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Latent prediction as in SPR: from an observation's representation and the actions that followed,
 * a transition model foretells the representations of the next steps; each, projected and
 * predicted, is to point where the momentum branch's projection of the true observation points. No
 * negatives.
 *
 * <p>The transition is a residual network of representation and action, {@code z + MLP(z, a)},
 * normalised; SPR's is convolutional, on feature maps, which encoders here do not give.
 *
 * <p>Give it {@link dev.kindred.rl.ActedViews}.
 *
 * @param hidden the width of the transition's hidden layer, {@code >= 1}
 * @param width the width of projections and predictions, {@code >= 1}
 * @param momentum how the momentum branch follows
 * @see <a href="https://arxiv.org/abs/2007.05929">Schwarzer et al. 2020, Data-Efficient
 *     Reinforcement Learning with Self-Predictive Representations</a>
 */
public record LatentPrediction(int hidden, int width, Momentum momentum) implements Method {
  /** Checks the widths. */
  public LatentPrediction {
    Require.atLeastOne("hidden width", hidden);
    Require.atLeastOne("width", width);
  }

  /** Heads for small encoders, and the momentum of BYOL; SPR, which augments, takes none. */
  public static LatentPrediction defaults() {
    return new LatentPrediction(256, 128, Momentum.constant(0.99));
  }

  /** The same method with another momentum. */
  public LatentPrediction withMomentum(Momentum value) {
    return new LatentPrediction(hidden, width, value);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> foretold = foretold(scope, views);
    Block projector = new Dense(width, true);
    List<Operand<TFloat32>> predictions =
        scope.all(
            scope.head(
                ONLINE,
                "predictor",
                new Dense(width, true),
                scope.head(ONLINE, "projector", projector, foretold)));
    List<Operand<TFloat32>> targets =
        scope.all(scope.project(MOMENTUM, projector, views.subList(1, views.size())));
    scope.follow(momentum);
    List<Operand<TFloat32>> losses = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      losses.add(Byol.standard().of(tf, predictions.get(i), targets.get(i)));
    }
    Operand<TFloat32> sum = tf.math.addN(losses);
    return Objective.of(tf.math.mul(sum, tf.constant(1f / losses.size())));
  }

  /** The representations of each later step, as the transition has them. */
  private <V> List<Operand<TFloat32>> foretold(MethodScope<V> scope, List<V> views) {
    List<Operand<TFloat32>> steps = new ArrayList<>();
    Operand<TFloat32> state = scope.encode(ONLINE, views.subList(0, 1)).get(0);
    for (V view : views.subList(1, views.size())) {
      if (!(view instanceof ActedView acted)) {
        throw new IllegalArgumentException(
            "method spr needs views with the actions between them; give it ActedViews");
      }
      state = next(scope, state, acted.action());
      steps.add(state);
    }
    return steps;
  }

  private Operand<TFloat32> next(
      MethodScope<?> scope, Operand<TFloat32> state, Operand<TFloat32> action) {
    Ops tf = scope.tf();
    Block change =
        new Dense(hidden, true)
            .named("layer0")
            .then(Activations.relu())
            .then(new Dense(scope.dimension(), true).named("layer1"));
    var transition = scope.branch(ONLINE).child("transition");
    Operand<TFloat32> both = tf.concat(List.of(state, action), tf.constant(1));
    return LayerNorm.create()
        .named("norm")
        .apply(transition, tf.math.add(state, change.apply(transition, both)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("spr", this);
  }
}
