package dev.kindred.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Batch;
import dev.kindred.data.Feeds;
import dev.kindred.embedding.Weights;
import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.Objective;
import dev.kindred.method.SeparableMethod;
import dev.kindred.method.SimClr;
import dev.kindred.nn.Dense;
import dev.kindred.nn.Dropout;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A batch in chunks is the same step as a batch in one, but for its batch statistics. */
class ChunkedPassTest {
  private static final int BATCH = 256;

  /** So large that what the parameters were is lost beside how far they move. */
  private static final float RATE = 1e6f;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {64, 60, 255})
  void theGradientIsThatOfTheWholeBatch(int chunkSize) {
    int chunks = (BATCH + chunkSize - 1) / chunkSize;
    Step whole = step(new SplitMethod(SimClr.defaults(), chunks), Recipe.WHOLE);
    Step cut = step(SimClr.defaults(), chunkSize);
    assertThat(cut.outcome().loss()).isCloseTo(whole.outcome().loss(), within(1e-5f));
    assertThat(distance(cut.movement(), whole.movement()))
        .isLessThan(1e-5 * distance(whole.movement(), new double[whole.movement().length]));
  }

  @ParameterizedTest
  @ValueSource(ints = {BATCH, 1000})
  void oneChunkIsTheBatch(int chunkSize) {
    Step whole = step(SimClr.defaults(), Recipe.WHOLE);
    Step cut = step(SimClr.defaults(), chunkSize);
    assertThat(cut.outcome()).isEqualTo(whole.outcome());
    assertThat(distance(cut.movement(), whole.movement()))
        .isLessThan(1e-5 * distance(whole.movement(), new double[whole.movement().length]));
  }

  @Test
  void aKilledRunInChunksEndsWithTheSameBytes() throws IOException {
    Toy.pretraining(folder.resolve("whole")).chunkSize(3).run();
    Path cut = folder.resolve("cut");
    AtomicInteger asked = new AtomicInteger();
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(
            () ->
                Toy.pretraining(cut)
                    .chunkSize(3)
                    .stopWhen(() -> asked.incrementAndGet() > 7)
                    .run());
    Toy.pretraining(cut).chunkSize(3).resume();
    String parameters = "encoder/variables/variables.data-00000-of-00001";
    assertThat(Files.readAllBytes(cut.resolve(parameters)))
        .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(parameters)));
  }

  /** All examples are equal: only what is dropped can tell the chunks apart. */
  @Test
  void everyChunkIsDroppedByDrawsOfItsOwnAndNeedsNoHead() {
    Recipe<Operand<TFloat32>> recipe =
        new Recipe<>(
            new HalvesDiffer(),
            new Dropping(8),
            Sgd.momentum(0).weightDecay(0),
            null,
            Accumulation.of(1),
            BATCH / 2,
            Precision.FLOAT32,
            3);
    Toy.Noisy views = new Toy.Noisy(1);
    float[] point = new Toy.Points(1, Set.of()).get(0);
    try (TrainingStep<float[], Operand<TFloat32>> step = new TrainingStep<>(recipe, views);
        Feeds feeds = views.pack(Collections.nCopies(BATCH, point))) {
      assertThat(step.run(Batch.of(feeds), new StepPoint(1, RATE, 0)).loss()).isGreaterThan(0.01f);
    }
  }

  /** The mean square of the difference between the first half of a batch and the second. */
  private record HalvesDiffer() implements SeparableMethod {
    @Override
    public int views() {
      return 1;
    }

    @Override
    public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
      return scope.encode(ONLINE, views);
    }

    @Override
    public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> z) {
      Ops tf = scope.tf();
      List<? extends Operand<TFloat32>> halves = tf.split(tf.constant(0), z.get(0), 2L).output();
      Operand<TFloat32> square = tf.math.squaredDifference(halves.get(0), halves.get(1));
      return Objective.of(tf.math.mean(square, tf.array(0, 1)));
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "halves");
    }
  }

  /** A layer, half of whose numbers are dropped. */
  private record Dropping(int dimension) implements TensorEncoder {
    @Override
    public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
      return Dense.of(dimension).named("fc").then(new Dropout(0.5)).apply(scope, view);
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "dropping");
    }
  }

  @Test
  void refusesWhatCannotBeCut() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(new SplitMethod(SimClr.defaults(), 2), 64))
        .withMessage(
            "chunk size needs a method whose loss sees a batch through its projections only, which"
                + " split is not; leave it out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe(SimClr.defaults(), 1, 1))
        .withMessage("chunk size must be >= 2, for batch statistics need others, was 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe(SimClr.defaults(), 8, 2))
        .withMessage(
            "micro-batches must be 1 with a chunk size, for chunks accumulate already, was 2");
  }

  /** What a step gave, and how far its trained parameters moved, all in one vector. */
  private record Step(TrainingStep.Outcome outcome, double[] movement) {}

  private static Step step(Method method, int chunkSize) {
    Toy.Noisy views = new Toy.Noisy(2);
    Toy.Points points = new Toy.Points(BATCH, Set.of());
    try (TrainingStep<float[], Operand<TFloat32>> step =
            new TrainingStep<>(recipe(method, chunkSize, 1), views);
        Feeds feeds = views.pack(IntStream.range(0, BATCH).mapToObj(points::get).toList())) {
      double[] before = parameters(step);
      TrainingStep.Outcome outcome = step.run(Batch.of(feeds), new StepPoint(1, RATE, 0));
      double[] after = parameters(step);
      return new Step(
          outcome,
          IntStream.range(0, after.length).mapToDouble(i -> after[i] - before[i]).toArray());
    }
  }

  private static Recipe<Operand<TFloat32>> recipe(Method method, int chunkSize, int microBatches) {
    return new Recipe<>(
        method,
        new Toy.Mlp(8),
        Sgd.momentum(0).weightDecay(0),
        null,
        Accumulation.of(microBatches),
        chunkSize,
        Precision.FLOAT32,
        3);
  }

  private static double[] parameters(TrainingStep<?, ?> step) {
    DoubleStream.Builder values = DoubleStream.builder();
    try (Weights weights = step.weights(Method.ONLINE)) {
      weights
          .byPath()
          .forEach(
              (path, tensor) -> {
                if (!path.endsWith("/mean") && !path.endsWith("/variance")) {
                  tensor.scalars().forEach(each -> values.add(each.getFloat()));
                }
              });
    }
    return values.build().toArray();
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum());
  }

  /** In one graph and one run, with the batch statistics of a batch in chunks. */
  private record SplitMethod(SimClr inner, int chunks) implements Method {
    @Override
    public int views() {
      return inner.views();
    }

    @Override
    public <V> Objective build(MethodScope<V> scope, List<V> views) {
      Ops tf = scope.tf();
      List<List<Operand<TFloat32>>> parts = new ArrayList<>();
      for (int chunk = 0; chunk < chunks; chunk++) {
        Operand<TInt32> rows =
            tf.range(
                tf.constant(BATCH * chunk / chunks),
                tf.constant(BATCH * (chunk + 1) / chunks),
                tf.constant(1));
        parts.add(inner.project(scope, views.stream().map(view -> rows(tf, view, rows)).toList()));
      }
      return inner.compare(
          scope,
          IntStream.range(0, views.size())
              .<Operand<TFloat32>>mapToObj(
                  view -> tf.concat(parts.stream().map(p -> p.get(view)).toList(), tf.constant(0)))
              .toList());
    }

    @SuppressWarnings("unchecked")
    private static <V> V rows(Ops tf, V view, Operand<TInt32> rows) {
      return (V) tf.gather((Operand<TFloat32>) view, rows, tf.constant(0));
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "split");
    }
  }
}
