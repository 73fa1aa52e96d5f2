package dev.kindred.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Batch;
import dev.kindred.data.Feeds;
import dev.kindred.embedding.Weights;
import dev.kindred.method.Byol;
import dev.kindred.method.Dino;
import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.MoCo;
import dev.kindred.method.MoCoV3;
import dev.kindred.method.Momentum;
import dev.kindred.method.NnClr;
import dev.kindred.method.Objective;
import dev.kindred.method.Queue;
import dev.kindred.method.SimCse;
import dev.kindred.method.SimCseQueue;
import dev.kindred.method.Swav;
import dev.kindred.nn.Dense;
import dev.kindred.nn.Encoder;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What methods remember while the gradients of several batches make one update. */
class AccumulatedMethodsTest {
  private static final Toy.Points POINTS = new Toy.Points(40, Set.of());
  private static final int MICRO_BATCHES = 3;
  private static final int BATCH = 8;
  private static final int STEPS = 12;
  private static final double TAU = 0.9;
  private static final MoCo MOCO = new MoCo(8, 4, 0.1, 24, Momentum.constant(TAU), true, 2);
  private static final SimCseQueue SIMCSE =
      new SimCseQueue(SimCse.defaults().withProjector(8, 4), 20, Momentum.constant(TAU));
  private static final Byol BYOL = new Byol(List.of(8, 4), List.of(8, 4), Momentum.constant(TAU));

  @TempDir private Path folder;

  static Stream<Method> withMomentum() {
    return Stream.of(
        MOCO,
        new MoCoV3(List.of(8, 4), List.of(8, 4), 0.2, Momentum.constant(TAU)),
        SIMCSE,
        BYOL,
        new Dino(8, 4, 6, 0.1, 0.04, 0.9, Momentum.constant(TAU), 0));
  }

  @ParameterizedTest
  @MethodSource("withMomentum")
  void theMomentumBranchFollowsAtUpdatesOnly(Method method) {
    run(
        method,
        (number, before, after) -> {
          Map<String, float[]> led = weights(after, Method.ONLINE);
          weights(before, Method.MOMENTUM)
              .forEach(
                  (name, old) ->
                      assertThat(after.get(Method.MOMENTUM + name))
                          .as("%s after step %d", name, number)
                          .containsExactly(
                              moves(number) ? follow(old, at(led, name)) : old, within(1e-6f)));
        });
  }

  @ParameterizedTest
  @MethodSource("withMomentum")
  void weightsStayAsTheyAreBetweenUpdates(Method method) {
    run(
        method,
        (number, before, after) -> {
          boolean[] same = same(weights(before, ""), weights(after, ""));
          assertThat(same).as("after step %d", number).contains(!moves(number));
          if (!moves(number)) {
            assertThat(same).doesNotContain(false);
          }
        });
  }

  /** Methods with a queue, its path, and how many rows each step adds. */
  static Stream<Arguments> withQueue() {
    return Stream.of(
        Arguments.of(MOCO, "momentum/queue", 2 * BATCH),
        Arguments.of(
            new MoCo(8, 4, 0.1, 20, Momentum.constant(TAU), false, 1), "momentum/queue", BATCH),
        Arguments.of(SIMCSE, "momentum/queue", BATCH),
        Arguments.of(new NnClr(List.of(8, 4), List.of(8, 4), 0.1, 20), "online/support", BATCH),
        Arguments.of(new Swav(List.of(8, 4), 6, 0.1, 0, 20, 0), "online/queue1", BATCH));
  }

  @ParameterizedTest
  @MethodSource("withQueue")
  void theQueueTakesTheRowsOfEveryMicroBatch(Method method, String path, int added) {
    run(
        method,
        (number, before, after) -> {
          int shift = added * 4;
          float[] old = at(before, path);
          float[] now = at(after, path);
          assertThat(Arrays.copyOf(now, now.length - shift))
              .as("the rows that stay at step %d", number)
              .isEqualTo(Arrays.copyOfRange(old, shift, old.length));
          assertThat(Arrays.copyOfRange(now, now.length - shift, now.length))
              .as("the rows that step %d added", number)
              .isNotEqualTo(Arrays.copyOfRange(old, old.length - shift, old.length));
          assertThat(after.get(path + "_filled"))
              .as("the rows at step %d that are no noise", number)
              .containsExactly(Math.min(now.length / 4, number * added));
        });
  }

  @Test
  void centresAndRunningStatisticsSeeEveryMicroBatch() {
    run(
        new Dino(8, 4, 6, 0.1, 0.04, 0.9, Momentum.constant(TAU), 0),
        (number, before, after) ->
            Stream.of("momentum/centre", "momentum/encoder/bn/mean", "online/encoder/bn/mean")
                .forEach(
                    path ->
                        assertThat(after.get(path))
                            .as("%s after step %d", path, number)
                            .isNotEqualTo(before.get(path))));
  }

  @Test
  void severalMicroBatchesTrainAsInPlainJava() {
    PlainRegression plain = new PlainRegression();
    run(
        new Regression(),
        new Linear(Linear.WIDTH),
        (number, before, after) -> {
          if (number == 1) {
            plain.start(before);
          }
          plain.step(number, batch(number));
          plain.expect(after, "after step " + number);
        });
  }

  @ParameterizedTest
  @MethodSource("resumed")
  void aRunThatWasCutOffWithinAnUpdateEndsWithTheSameBytes(Method method) throws IOException {
    Path whole = folder.resolve("whole");
    pretraining(method, whole).run();
    Path cut = folder.resolve("cut");
    int last = 3 * MICRO_BATCHES + 2;
    TrainingListener killer =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            if (report.step() == last) {
              throw new KindredException("killed");
            }
          }
        };
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> pretraining(method, cut).listener(killer).run());
    assertThat(cut.resolve("checkpoints/step-%09d".formatted(last - 1))).exists();

    pretraining(method, cut).resume();

    assertThat(lastState(cut)).isEqualTo(lastState(whole));
  }

  static Stream<Method> resumed() {
    return Stream.of(MOCO, BYOL, SIMCSE);
  }

  private static Pretraining<float[], Operand<TFloat32>> pretraining(Method method, Path out) {
    return Toy.pretraining(method, out, POINTS)
        .accumulate(Accumulation.of(MICRO_BATCHES))
        .checkpointEvery(1);
  }

  private static byte[] lastState(Path run) throws IOException {
    return Files.readAllBytes(
        run.resolve("checkpoints/step-000000020/variables.data-00000-of-00001"));
  }

  /** What is to be seen of a step. */
  private interface Seen {
    void step(int number, Map<String, float[]> before, Map<String, float[]> after);
  }

  private static void run(Method method, Seen seen) {
    run(method, new Toy.Mlp(8), seen);
  }

  private static void run(Method method, Encoder<Operand<TFloat32>> encoder, Seen seen) {
    Toy.Noisy views = new Toy.Noisy(encoder instanceof Linear ? 1 : 2);
    try (TrainingStep<float[], Operand<TFloat32>> step =
        new TrainingStep<>(recipe(method, encoder), views)) {
      Map<String, float[]> before = values(step, branches(method));
      for (int number = 1; number <= STEPS; number++) {
        try (Feeds feeds = views.pack(batch(number))) {
          step.run(Batch.of(feeds), new StepPoint(number, 0.1f, (number - 1.0) / STEPS));
        }
        Map<String, float[]> after = values(step, branches(method));
        seen.step(number, before, after);
        before = after;
      }
    }
  }

  private static Recipe<Operand<TFloat32>> recipe(
      Method method, Encoder<Operand<TFloat32>> encoder) {
    return new Recipe<>(
        method,
        encoder,
        Sgd.momentum(0.9f),
        null,
        Accumulation.of(MICRO_BATCHES),
        Recipe.WHOLE,
        Precision.FLOAT32,
        3);
  }

  private static List<float[]> batch(int number) {
    return IntStream.range(0, BATCH).mapToObj(i -> POINTS.get((number * 7 + i) % 40)).toList();
  }

  private static boolean moves(int number) {
    return number % MICRO_BATCHES == 0;
  }

  private static float[] follow(float[] momentum, float[] online) {
    float[] next = new float[momentum.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) (TAU * momentum[i] + (1 - TAU) * online[i]);
    }
    return next;
  }

  private static float[] at(Map<String, float[]> values, String path) {
    return Objects.requireNonNull(values.get(path), path);
  }

  private static boolean[] same(Map<String, float[]> before, Map<String, float[]> after) {
    boolean[] same = new boolean[before.size()];
    int i = 0;
    for (Map.Entry<String, float[]> each : before.entrySet()) {
      same[i++] = Arrays.equals(each.getValue(), after.get(each.getKey()));
    }
    return same;
  }

  private static List<String> branches(Method method) {
    return method.settings().containsKey("momentum")
        ? List.of(Method.ONLINE, Method.MOMENTUM)
        : List.of(Method.ONLINE);
  }

  /** Everything of these branches by path, statistics included. */
  private static Map<String, float[]> values(TrainingStep<?, ?> step, List<String> branches) {
    Map<String, float[]> values = new TreeMap<>();
    for (String branch : branches) {
      try (Weights weights = step.weights(branch)) {
        weights
            .byPath()
            .forEach(
                (path, tensor) -> {
                  float[] all = new float[Math.toIntExact(tensor.size())];
                  tensor.asRawTensor().data().asFloats().read(all);
                  values.put(path, all);
                });
      }
    }
    return values;
  }

  /** Those of a branch that are no statistics, by their path in it. */
  private static Map<String, float[]> weights(Map<String, float[]> values, String branch) {
    Predicate<String> statistic =
        path -> path.matches(".*/(mean|variance|queue\\d?|support|\\w+_filled|centre)");
    Map<String, float[]> weights = new TreeMap<>();
    values.forEach(
        (path, value) -> {
          if (path.startsWith(branch) && !statistic.test(path)) {
            weights.put(path.substring(branch.length()), value);
          }
        });
    return weights;
  }

  /** One matrix. */
  record Linear(int dimension) implements TensorEncoder {
    static final int WIDTH = 2;

    @Override
    public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
      return Dense.of(dimension).named("fc").apply(scope, view);
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "linear");
    }
  }

  /**
   * Draws each row towards what the momentum branch makes of it and towards the mean of the queue,
   * which keeps these: {@code mean(|q - k|^2 / 2 + q mean(queue))}.
   */
  private record Regression() implements Method {
    static final int QUEUE = 20;

    @Override
    public int views() {
      return 1;
    }

    @Override
    public <V> Objective build(MethodScope<V> scope, List<V> views) {
      Ops tf = scope.tf();
      Queue queue = new Queue(scope.branch(MOMENTUM), "queue", QUEUE, Linear.WIDTH);
      Operand<TFloat32> q = scope.encode(ONLINE, views).get(0);
      Operand<TFloat32> k = scope.encode(MOMENTUM, views).get(0);
      scope.follow(Momentum.constant(TAU));
      queue.add(k);
      Operand<TFloat32> apart = tf.math.mul(tf.math.squaredDifference(q, k), tf.constant(0.5f));
      Operand<TFloat32> past = tf.math.mul(q, tf.math.mean(queue.rows(), tf.constant(0)));
      return Objective.of(
          tf.math.mean(tf.reduceSum(tf.math.add(apart, past), tf.constant(1)), tf.constant(0)));
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "regression", "momentum", TAU);
    }
  }

  /** The same, with its gradient by hand: {@code x (q - k + mean(queue)) / batch}. */
  private static final class PlainRegression {
    private static final String ONLINE = "online/encoder/fc/kernel";
    private static final String MOMENTUM = "momentum/encoder/fc/kernel";
    private static final String QUEUE = "momentum/queue";

    private double[] online = {};
    private double[] momentum = {};
    private double[] queue = {};
    private double[] velocity = {};
    private double[] gradient = {};

    void start(Map<String, float[]> values) {
      online = doubles(at(values, ONLINE));
      momentum = doubles(at(values, MOMENTUM));
      queue = doubles(at(values, QUEUE));
      velocity = new double[online.length];
      gradient = new double[online.length];
    }

    void step(int number, List<float[]> batch) {
      double[] keys =
          batch.stream().flatMapToDouble(x -> Arrays.stream(times(x, momentum))).toArray();
      batch.forEach(this::learn);
      double[] all = Arrays.copyOf(queue, queue.length + keys.length);
      System.arraycopy(keys, 0, all, queue.length, keys.length);
      queue = Arrays.copyOfRange(all, keys.length, all.length);
      if (moves(number)) {
        update();
      }
    }

    void expect(Map<String, float[]> values, String when) {
      assertClose(at(values, ONLINE), online, when);
      assertClose(at(values, MOMENTUM), momentum, when);
      assertClose(at(values, QUEUE), queue, when);
    }

    private void learn(float[] x) {
      double[] q = times(x, online);
      double[] k = times(x, momentum);
      for (int i = 0; i < gradient.length; i++) {
        int column = i % Linear.WIDTH;
        double slope = q[column] - k[column] + pastMean(column);
        gradient[i] += x[i / Linear.WIDTH] * slope / BATCH / MICRO_BATCHES;
      }
    }

    private void update() {
      for (int i = 0; i < online.length; i++) {
        velocity[i] = 0.9 * velocity[i] + gradient[i];
        online[i] -= 0.1 * velocity[i];
        momentum[i] = TAU * momentum[i] + (1 - TAU) * online[i];
      }
      gradient = new double[online.length];
    }

    private double pastMean(int column) {
      return IntStream.range(0, Regression.QUEUE)
          .mapToDouble(row -> queue[row * Linear.WIDTH + column])
          .average()
          .orElseThrow();
    }

    private static double[] times(float[] x, double[] kernel) {
      double[] y = new double[Linear.WIDTH];
      for (int i = 0; i < kernel.length; i++) {
        y[i % Linear.WIDTH] += x[i / Linear.WIDTH] * kernel[i];
      }
      return y;
    }

    private static double[] doubles(float[] values) {
      return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static void assertClose(float[] actual, double[] expected, String when) {
      float[] narrowed = new float[expected.length];
      for (int i = 0; i < narrowed.length; i++) {
        narrowed[i] = (float) expected[i];
      }
      assertThat(actual).as(when).containsExactly(narrowed, within(1e-5f));
    }
  }
}
