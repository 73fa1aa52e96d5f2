package dev.kindred.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.losses.LabelledPairs;
import dev.kindred.losses.Matryoshka;
import dev.kindred.losses.NPair;
import dev.kindred.losses.PairLoss;
import dev.kindred.losses.Triplet;
import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.runtime.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** The methods for pairs and triplets against plain Java. */
class PairMethodsTest {
  private static final double T = 0.5;
  private static final SimCse SIMCSE = SimCse.defaults().withTemperature(T);
  private static final float[][] A = rows(1, 4, 5);
  private static final float[][] B = rows(2, 4, 5);
  private static final float[][] C = rows(3, 4, 5);

  @Test
  void simCseFindsTheSecondViewAmongTheOthers() {
    assertThat(compared(SIMCSE, A, B)).isCloseTo(infoNce(A, B, 5), within(1e-5));
  }

  @Test
  void thirdViewsAreNegativesOfAll() {
    assertThat(compared(SIMCSE, A, B, C)).isCloseTo(infoNce(A, B, 5, C), within(1e-5));
  }

  @Test
  void widthsAddTheLossOfTheFirstNumbers() {
    SimCse method = SIMCSE.withWidths(2, 3);
    assertThat(compared(method, A, B))
        .isCloseTo(infoNce(A, B, 5) + infoNce(A, B, 2) + infoNce(A, B, 3), within(1e-5));
    assertThat(compared(method, A, B, C))
        .isCloseTo(infoNce(A, B, 5, C) + infoNce(A, B, 2, C) + infoNce(A, B, 3, C), within(1e-5));
  }

  @Test
  void pairsAreFoundInBothDirections() {
    double temperature = SimCse.DEFAULT_TEMPERATURE;
    double mean =
        (infoNce(temperature, A, B, 5, new float[0][])
                + infoNce(temperature, B, A, 5, new float[0][]))
            / 2;
    assertThat(compared(PairContrast.defaults(), A, B)).isCloseTo(mean, within(1e-4));
  }

  /** On a line, a pair at 0 and 1, one at 10 and 13; the margin is 10. */
  @Test
  void pairsMineTripletsOfTheBatch() {
    Triplet triplet = Triplet.withMargin(10).unnormalized().mining(Triplet.Mining.BATCH_HARD);
    double expected = (1 - 10 + 10 + 1 - 9 + 10 + 3 - 9 + 10 + 3 - 12 + 10) / 4.0;
    assertThat(
            compared(
                PairContrast.of(new LabelledPairs(triplet)),
                new float[][] {{0}, {10}},
                new float[][] {{1}, {13}}))
        .isCloseTo(expected, within(1e-5));
  }

  @Test
  void tripletsCompareTheirOwnRowsOnly() {
    TripletContrast method = new TripletContrast(List.of(), Triplet.withMargin(2).unnormalized());
    float[][] anchors = {{0, 0}, {1, 1}};
    float[][] positives = {{3, 4}, {1, 1}};
    float[][] negatives = {{0, 6}, {1, 4}};
    assertThat(compared(method, anchors, positives, negatives)).isCloseTo(0.5, within(1e-6));
  }

  /** The grades count by their order; the example without one does not. */
  @Test
  void gradesOrderTheCosines() {
    float[][] a = {{1, 0}, {1, 0}, {1, 0}, {1, 0}};
    float[][] b = {{1, 0}, {0, 1}, {3, 4}, {-1, 0}};
    double expected =
        Math.log(1 + Math.exp(2 * (1 - 0)) + Math.exp(2 * (1 - 0.6)) + Math.exp(2 * (0 - 0.6)));
    GradedPairs method = new GradedPairs(List.of(), 2);
    assertThat(compared(method, new int[] {0, 1, 7, -1}, a, b)).isCloseTo(expected, within(1e-5));
    assertThat(compared(method, new int[] {3, 3, -1, -1}, a, b)).isZero();
  }

  @Test
  void pastKeysAreNegativesUntilTheQueueForgetsThem() {
    int size = 7;
    Deque<float[]> past = new ArrayDeque<>();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.TRAINING, 0);
      List<Placeholder<TFloat32>> views = List.of(matrix(tf), matrix(tf), matrix(tf));
      Operand<TFloat32> loss =
          new SimCseQueue(SIMCSE, size, Momentum.constant(0.9))
              .build(ToyScope.of(network, new ToyScope.Rows(5)), List.copyOf(views))
              .loss();
      List<Op> after = network.replacements(tf.withControlDependencies(loss), true);
      session.initialize();
      for (int step = 0; step < 9; step++) {
        float[][] q = rows(3 * step, 2 + step % 4, 5);
        float[][] k = rows(3 * step + 1, q.length, 5);
        float[][] hard = rows(3 * step + 2, q.length, 5);
        List<float[]> negatives = new ArrayList<>(Arrays.asList(hard));
        negatives.addAll(past);
        assertThat(run(session, after, loss, views, q, k, hard))
            .as("step %d", step)
            .isCloseTo(infoNce(q, k, 5, negatives.toArray(float[][]::new)), within(1e-5));
        past.addAll(Arrays.asList(k));
        while (past.size() > size) {
          past.remove();
        }
      }
    }
  }

  static Stream<Method> all() {
    Triplet soft = Triplet.withMargin(0.5).withSoftMargin();
    return Stream.of(
        SIMCSE.withWidths(2),
        SimCse.defaults().withTemperature(T).withProjector(3),
        new SimCseQueue(SIMCSE, 9, Momentum.constant(0.9)),
        PairContrast.of(new Matryoshka(NPair.standard(), List.of(2, 4))),
        PairContrast.of(new LabelledPairs(soft)),
        new TripletContrast(List.of(), soft),
        new GradedPairs(List.of(), 3));
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreTheSlopes(Method method) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.TRAINING, 3);
      Operand<TFloat32> loss =
          method
              .build(
                  ToyScope.of(network, new ToyScope.Linear(4), 2, 0, 1, 0),
                  Stream.of(A, B, C).<Operand<TFloat32>>map(tf::constant).toList())
              .loss();
      Parameter kernel = network.parameters().iterator().next();
      Output<?>[] gradient =
          graph.addGradients(loss.asOutput(), new Output<?>[] {kernel.value().asOutput()});
      Placeholder<TFloat32> fed =
          tf.placeholder(TFloat32.class, Placeholder.shape(kernel.variable().shape()));
      Op assign = tf.assign(kernel.variable(), fed);
      session.initialize();
      float[][] at = fetch(session, kernel.value());
      float[][] expected = fetch(session, gradient[0].expect(TFloat32.class));
      for (int i = 0; i < at.length; i++) {
        for (int j = 0; j < at[i].length; j++) {
          assertThat((double) expected[i][j])
              .as("%d, %d", i, j)
              .isCloseTo(
                  slope(session, assign, fed, loss, at, i, j),
                  within(5e-3 * Math.max(1, Math.abs(expected[i][j]))));
        }
      }
      assertThat(Arrays.stream(expected).flatMapToDouble(PairMethodsTest::magnitudes).sum())
          .isGreaterThan(0.1);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void settingsAreTheSameAfterAFile(Method method) {
    assertThat(Json.parse(Json.line(method.settings()))).isEqualTo(method.settings());
  }

  @Test
  void settingsNameTheLoss() {
    Map<String, Object> settings =
        PairContrast.of(new Matryoshka(NPair.standard(), List.of(2, 4))).settings();
    assertThat(settings).containsEntry("name", "pair-contrast");
    assertThat(settings.get("loss"))
        .isEqualTo(
            Map.of(
                "name",
                "Matryoshka",
                "loss",
                Map.of("name", "NPair", "similarity", "DOT", "l2", 0.0),
                "widths",
                List.of(2, 4)));
  }

  @Test
  void refusesWhatIsOutsideItsRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimCse.defaults().withWidths(0))
        .withMessage("widths width must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimCse.defaults().withWidths(4).withProjector(8))
        .withMessage("widths must be none beside a projector, was [4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimCseQueue.defaults().withQueueSize(0))
        .withMessage("queue size must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairContrast.of(new Anonymous()))
        .withMessageStartingWith("loss must be a record, whose components say what it is, was ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradedPairs(List.of(), 0))
        .withMessage("scale must be finite and > 0, was 0.0");
  }

  private static final class Anonymous implements PairLoss {
    @Override
    public <F extends TFloating> Operand<F> of(Ops tf, Operand<F> a, Operand<F> b) {
      return a;
    }
  }

  private static double infoNce(float[][] q, float[][] k, int width, float[]... more) {
    return infoNce(T, q, k, width, more);
  }

  /** The mean of -log(e^(q k / T) / sum e^(q n / T)) over cosines of the first columns. */
  private static double infoNce(
      double temperature, float[][] q, float[][] k, int width, float[][] more) {
    double loss = 0;
    for (int i = 0; i < q.length; i++) {
      float[] query = q[i];
      double sum =
          Stream.concat(Arrays.stream(k), Arrays.stream(more))
              .mapToDouble(key -> Math.exp(cosine(query, key, width) / temperature))
              .sum();
      loss += (Math.log(sum) - cosine(query, k[i], width) / temperature) / q.length;
    }
    return loss;
  }

  private static double cosine(float[] a, float[] b, int width) {
    return dot(a, b, width) / Math.sqrt(dot(a, a, width) * dot(b, b, width));
  }

  private static double dot(float[] a, float[] b, int width) {
    return IntStream.range(0, width).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }

  private static double compared(SeparableMethod method, float[][]... projections) {
    return compared(method, new int[0], projections);
  }

  private static double compared(SeparableMethod method, int[] labels, float[][]... projections) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.TRAINING, 0);
      Operand<TFloat32> loss =
          method
              .compare(
                  ToyScope.of(network, new ToyScope.Rows(projections[0][0].length), labels),
                  Arrays.stream(projections).<Operand<TFloat32>>map(tf::constant).toList())
              .loss();
      return scalar(session.runner(), loss);
    }
  }

  private static double slope(
      Session session,
      Op assign,
      Placeholder<TFloat32> fed,
      Operand<TFloat32> loss,
      float[][] at,
      int i,
      int j) {
    float step = 1e-3f;
    double above = moved(session, assign, fed, loss, at, i, j, step);
    double below = moved(session, assign, fed, loss, at, i, j, -step);
    return (above - below) / (2 * step);
  }

  private static double moved(
      Session session,
      Op assign,
      Placeholder<TFloat32> fed,
      Operand<TFloat32> loss,
      float[][] at,
      int i,
      int j,
      float by) {
    float[][] there = Arrays.stream(at).map(float[]::clone).toArray(float[][]::new);
    there[i][j] += by;
    try (TFloat32 tensor = TFloat32.tensorOf(StdArrays.ndCopyOf(there))) {
      session.runner().feed(fed, tensor).addTarget(assign).run().close();
    }
    return scalar(session.runner(), loss);
  }

  private static double run(
      Session session,
      List<Op> after,
      Operand<TFloat32> loss,
      List<Placeholder<TFloat32>> views,
      float[][]... rows) {
    Session.Runner runner = session.runner();
    List<TFloat32> tensors =
        Arrays.stream(rows).map(r -> TFloat32.tensorOf(StdArrays.ndCopyOf(r))).toList();
    IntStream.range(0, rows.length).forEach(i -> runner.feed(views.get(i), tensors.get(i)));
    after.forEach(runner::addTarget);
    double value = scalar(runner, loss);
    tensors.forEach(TFloat32::close);
    return value;
  }

  private static double scalar(Session.Runner runner, Operand<TFloat32> loss) {
    try (Result result = runner.fetch(loss).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  private static float[][] fetch(Session session, Operand<TFloat32> matrix) {
    try (Result result = session.runner().fetch(matrix).run()) {
      return StdArrays.array2dCopyOf((TFloat32) result.get(0));
    }
  }

  private static java.util.stream.DoubleStream magnitudes(float[] row) {
    return IntStream.range(0, row.length).mapToDouble(i -> Math.abs(row[i]));
  }

  private static Placeholder<TFloat32> matrix(Ops tf) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 5)));
  }

  private static float[][] rows(long seed, int count, int width) {
    Random random = new Random(seed);
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
