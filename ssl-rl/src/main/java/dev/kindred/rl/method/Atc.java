package dev.kindred.rl.method;

import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.MethodSettings;
import dev.kindred.method.Momentum;
import dev.kindred.method.Objective;
import dev.kindred.nn.Activations;
import dev.kindred.nn.Block;
import dev.kindred.nn.Dense;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Augmented temporal contrast: from an observation, find the one of a few steps later among those
 * of the whole batch. The code {@code c} of the anchor goes through a residual predictor, {@code c
 * + MLP(c)}, and is compared by a learned bilinear form with the code of the positive, which the
 * momentum branch makes; the gradient goes through the anchor alone.
 *
 * <p>Give it views of {@link dev.kindred.rl.TimePairs#ahead}: the paper takes 1 step for control
 * and 3 for Atari. Pairs across the end of an episode are none.
 *
 * @param width the width of a code, {@code >= 1}
 * @param hidden the width of the predictor's hidden layer, {@code >= 1}
 * @param momentum how the momentum branch follows
 * @see <a href="https://arxiv.org/abs/2009.08319">Stooke et al. 2020, Decoupling Representation
 *     Learning from Reinforcement Learning</a>
 */
public record Atc(int width, int hidden, Momentum momentum) implements Method {
  /** Checks the widths. */
  public Atc {
    Require.atLeastOne("width", width);
    Require.atLeastOne("hidden width", hidden);
  }

  /** The paper's: codes of 128 numbers, 512 hidden ones, a momentum that moves by 1 %. */
  public static Atc defaults() {
    return new Atc(128, 512, Momentum.constant(0.99));
  }

  /** The same method with another momentum. */
  public Atc withMomentum(Momentum value) {
    return new Atc(width, hidden, value);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Block projector = new Dense(width, true);
    Operand<TFloat32> code = scope.project(ONLINE, projector, views.subList(0, 1)).get(0);
    Operand<TFloat32> positive = scope.project(MOMENTUM, projector, views.subList(1, 2)).get(0);
    scope.follow(momentum);
    Operand<TFloat32> foretold = scope.head(ONLINE, "predictor", predictor(), List.of(code)).get(0);
    Operand<TFloat32> anchor =
        scope
            .head(
                ONLINE,
                "bilinear",
                new Bilinear(width),
                List.of(scope.tf().math.add(code, foretold)))
            .get(0);
    return Objective.of(Curl.contrast().of(scope.tf(), scope.all(anchor), scope.all(positive)));
  }

  private Block predictor() {
    return new Dense(hidden, true)
        .named("layer0")
        .then(Activations.relu())
        .then(new Dense(width, true).named("layer1"));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("atc", this);
  }
}
