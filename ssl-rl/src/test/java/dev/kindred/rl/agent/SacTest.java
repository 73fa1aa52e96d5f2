package dev.kindred.rl.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Weights;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Start;
import dev.kindred.rl.env.Step;
import dev.kindred.rl.env.TimeLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;

class SacTest {
  private static Sac.Settings settings() {
    return Sac.Settings.defaults()
        .hidden(16)
        .temperature(0.1)
        .learning(
            Sac.Settings.defaults()
                .learning()
                .batchSize(32)
                .capacity(10_000)
                .warmup(200)
                .learningRate(3e-3f)
                .target(TargetUpdate.soft(0.02)));
  }

  private static Environment<float[], float[]> world() {
    return new TimeLimit<>(new PointMass(), 25);
  }

  private static Sac<float[]> agent(long seed) {
    return Sac.of(world(), Perception.of(MlpEncoder.of(2)), settings(), seed);
  }

  @Test
  void learnsToBringAPointToRest() {
    try (Sac<float[]> agent = agent(1)) {
      double before = mean(agent);
      new Trainer<>(agent, world(), 1).run(2_000, report -> {});
      // Pushed as hard as may be until it is there, a point costs about 1.3 on average.
      assertThat(mean(agent)).isGreaterThan(-3).isGreaterThan(before + 3);
    }
  }

  private static double mean(Sac<float[]> agent) {
    return Arrays.stream(Trainer.evaluate(agent, world(), 10, 5)).average().orElseThrow();
  }

  @Test
  void trainsToTheSameBytesForTheSameSeed() {
    try (Sac<float[]> a = agent(1);
        Sac<float[]> b = agent(1);
        Sac<float[]> c = agent(2)) {
      for (Sac<float[]> each : List.of(a, b, c)) {
        new Trainer<>(each, world(), 1).run(400, report -> {});
      }
      assertThat(digest(a)).isEqualTo(digest(b)).isNotEqualTo(digest(c));
    }
  }

  private static String digest(Sac<?> agent) {
    try (Weights all = agent.graph().values()) {
      return all.digest();
    }
  }

  /** A corridor of pictures whose action is a push. */
  private static final class PushedCorridor implements Environment<Frame, float[]> {
    private final Corridor inner = new Corridor();

    @Override
    public Space<Frame> observationSpace() {
      return inner.observationSpace();
    }

    @Override
    public Space<float[]> actionSpace() {
      return Space.Box.of(2, 0, 1);
    }

    @Override
    public List<String> variables() {
      return List.of();
    }

    @Override
    public Start<Frame> reset(long seed) {
      return inner.reset(seed);
    }

    @Override
    public Step<Frame> step(float[] action) {
      return inner.step(action[0] > 0.5f ? 1 : 0);
    }
  }

  /** The encoder moves by the critics alone, and stays where it is frozen. */
  @Test
  void learnsFromPicturesAndWithAFrozenEncoder() {
    Sac.Settings settings = settings().learning(settings().learning().warmup(32));
    Perception perception =
        Perception.of(new ConvEncoder(8, true))
            .stack(2)
            .augmented(
                (tf, planes, randomness) ->
                    tf.math.mul(planes, randomness.uniform("dim", tf.shape(planes), 0)));
    for (boolean frozen : new boolean[] {false, true}) {
      try (Sac<Frame> agent =
          Sac.of(new PushedCorridor(), frozen ? perception.freeze() : perception, settings, 1)) {
        String encoder = digest(agent, "online/encoder");
        String actor = digest(agent, "actor");
        new Trainer<>(agent, new TimeLimit<>(new PushedCorridor(), 30), 1).run(60, report -> {});
        assertThat(digest(agent, "online/encoder").equals(encoder)).isEqualTo(frozen);
        assertThat(digest(agent, "actor")).isNotEqualTo(actor);
      }
    }
  }

  private static String digest(Sac<?> agent, String path) {
    try (Weights weights = agent.weights(path)) {
      return weights.digest();
    }
  }

  @Test
  void targetsFollowByTheirShare() {
    Sac.Settings one = settings().learning(settings().learning().warmup(31).batchSize(4));
    try (Sac<float[]> agent = Sac.of(world(), Perception.of(MlpEncoder.of(2)), one, 1)) {
      float start = first(agent, "online/q1", "/layer0/kernel");
      assertThat(first(agent, "target/q1", "/layer0/kernel")).isEqualTo(start);
      new Trainer<>(agent, world(), 1).run(32, report -> {});
      float now = first(agent, "online/q1", "/layer0/kernel");
      assertThat(agent.updates()).isEqualTo(1);
      assertThat(first(agent, "target/q1", "/layer0/kernel"))
          .isNotEqualTo(start)
          .isCloseTo(0.98f * start + 0.02f * now, within(1e-6f));
    }
  }

  private static float first(Sac<?> agent, String path, String name) {
    try (Weights weights = agent.weights(path)) {
      return weights.value(path + name).getFloat(0, 0);
    }
  }

  /** The density over all actions is 1, and so is what the transformation formula says. */
  @Test
  void theLogProbabilityIsThatOfADensity() {
    int cells = 20_000;
    double width = 2.0 / cells;
    float[][] shape = new float[cells][1];
    for (float[] moments : new float[][] {{0, 0}, {0.7f, -1}, {-1.5f, 0.5f}}) {
      float mean = moments[0];
      float logStd = moments[1];
      float[][] noise = new float[cells][1];
      for (int i = 0; i < cells; i++) {
        double action = -1 + (i + 0.5) * width;
        double u = 0.5 * Math.log((1 + action) / (1 - action));
        noise[i][0] = (float) ((u - mean) / Math.exp(logStd));
      }
      float[] logs = logs(filled(shape, mean), filled(shape, logStd), noise);
      double mass = IntStream.range(0, cells).mapToDouble(i -> Math.exp(logs[i]) * width).sum();
      assertThat(mass).isCloseTo(1, within(2e-3));
    }
  }

  private static float[][] filled(float[][] like, float value) {
    return Arrays.stream(like).map(row -> new float[] {value}).toArray(float[][]::new);
  }

  @Test
  void dimensionsAddUpAndFarTailsStayFinite() {
    float[] both =
        logs(new float[][] {{0.3f, -20}}, new float[][] {{-1, 0.5f}}, new float[][] {{0.2f, -1}});
    float[] first = logs(new float[][] {{0.3f}}, new float[][] {{-1}}, new float[][] {{0.2f}});
    float[] second = logs(new float[][] {{-20}}, new float[][] {{0.5f}}, new float[][] {{-1}});
    assertThat(both[0]).isCloseTo(first[0] + second[0], within(1e-4f));
    assertThat(second[0]).isFinite();
  }

  private static float[] logs(float[][] mean, float[][] logStd, float[][] noise) {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      SquashedGaussian policy =
          SquashedGaussian.of(tf, tf.constant(mean), tf.constant(logStd), tf.constant(noise));
      return StdArrays.array1dCopyOf(policy.logProbability().asTensor());
    }
  }

  @Test
  void actsWithinBoundsAndTheSameWithoutExploring() {
    try (Sac<float[]> agent = agent(1)) {
      float[] seen = {0.5f, 0};
      assertThat(agent.act(seen, false)).isEqualTo(agent.act(seen, false));
      for (int i = 0; i < 20; i++) {
        assertThat(agent.act(seen, true)[0]).isBetween(-PointMass.FORCE, PointMass.FORCE);
      }
    }
  }

  @Test
  void refusesActionsWithoutBounds() {
    Environment<float[], float[]> endless =
        new Environment<>() {
          @Override
          public Space<float[]> observationSpace() {
            return Space.Box.unbounded(2);
          }

          @Override
          public Space<float[]> actionSpace() {
            return Space.Box.unbounded(1);
          }

          @Override
          public List<String> variables() {
            return List.of();
          }

          @Override
          public Start<float[]> reset(long seed) {
            return new Start<>(new float[2], Map.of());
          }

          @Override
          public Step<float[]> step(float[] action) {
            return new Step<>(new float[2], 0, false, false, Map.of());
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sac.of(endless, Perception.of(MlpEncoder.of(2)), settings(), 1))
        .withMessageStartingWith("actions must be between finite bounds, was 1 numbers");
  }
}
