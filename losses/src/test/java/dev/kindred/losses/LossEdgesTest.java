package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What the losses do at the edges, and what they refuse. */
class LossEdgesTest {
  private static final double[][] ONE = {{1, 2, 3}};
  private static final double[][] OTHER = {{3, 1, 2}};

  static Stream<PairLoss> contrastive() {
    return Stream.of(
        NtXent.withTemperature(0.5),
        NtXent.withTemperature(0.5).inBlocks(2),
        InfoNce.withTemperature(0.5),
        Dcl.withTemperature(0.5));
  }

  @ParameterizedTest
  @MethodSource("contrastive")
  void oneExampleHasNoNegativeAndCostsNothing(PairLoss loss) {
    Evaluated result = Evaluated.in32(Evaluated.pair(loss), ONE, OTHER);
    assertThat(result.value()).isZero();
    assertThat(result.gradients().get(0)[0]).containsOnly(0);
  }

  static Stream<LabelLoss> labelled() {
    Triplet triplet = Triplet.withMargin(0.2);
    return Stream.of(
        SupCon.withTemperature(0.1),
        SupCon.withTemperature(0.1).inBlocks(2),
        triplet,
        triplet.mining(Triplet.Mining.BATCH_HARD),
        triplet.withSoftMargin(),
        triplet.withSwap());
  }

  @ParameterizedTest
  @MethodSource("labelled")
  void lonelyLabelsCostNothing(LabelLoss loss) {
    Evaluated result = Evaluated.in32(Evaluated.labelled(loss, 0, 1, 2, 3), Golden.Z0);
    assertThat(result.value()).isZero();
    for (double[] row : result.gradients().get(0)) {
      assertThat(row).containsOnly(0);
    }
  }

  @Test
  void oneLabelAloneHasNoTriplet() {
    Evaluated.Loss loss = Evaluated.labelled(Triplet.withMargin(0.2), 3, 3, 3, 3);
    assertThat(Evaluated.in32(loss, Golden.Z0).value()).isZero();
  }

  @Test
  void oneRowIsUniform() {
    assertThat(Evaluated.in32(Evaluated.rows(Uniformity.standard()), ONE).value()).isZero();
    assertThat(Evaluated.in32(Evaluated.rows(KoLeo.standard()), ONE).value()).isZero();
  }

  @Test
  void constantFeaturesAreUncorrelated() {
    double[][] same = Golden.matrix(4, 3, (i, j) -> j);
    Evaluated.Loss loss = Evaluated.pair(BarlowTwins.withLambda(5e-3));
    assertThat(Evaluated.in32(loss, same, same).value()).isCloseTo(3, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.005, 0.0005})
  void codesDoNotOverflow(double epsilon) {
    double[][] codes = codes(new SinkhornKnopp(epsilon, 3), Golden.S0);
    for (double[] row : codes) {
      assertThat(Stream.of(row).flatMapToDouble(java.util.Arrays::stream).sum())
          .isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void codesEqualThePublishedOnes() {
    double[][] codes = codes(SinkhornKnopp.standard(), Golden.S0);
    assertThat(codes[0])
        .containsExactly(
            new double[] {
              7.354295410413458e-11, 5.233067600227901e-05, 0.40243798761487265, 0.597509681635582
            },
            within(1e-6));
    assertThat(codes[4][3]).isCloseTo(0.03675584787241246, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.07, 0.01, 0.005})
  void lowTemperaturesKeepTheirPrecision(double temperature) {
    double[][] a = LossChecks.random(new Random(3), 32, 16);
    double[][] b = Golden.matrix(32, 16, (i, j) -> a[i][j] + 0.4 * Math.sin(i * 16 + j));
    for (PairLoss loss :
        List.of(
            NtXent.withTemperature(temperature).inBlocks(5),
            InfoNce.withTemperature(temperature),
            LogisticNce.withTemperature(temperature))) {
      double exact = Evaluated.in64(Evaluated.pair(loss), a, b).value();
      assertThat(Evaluated.in32(Evaluated.pair(loss), a, b).value())
          .isCloseTo(exact, within(1e-4 * Math.abs(exact)));
    }
  }

  @Test
  void tripletsCountedAreTripletsListed() {
    Random random = new Random(5);
    int[] labels = random.ints(24, 0, 5).toArray();
    double[][] rows = LossChecks.random(random, 24, 3);
    for (Triplet.Mining mining : Triplet.Mining.values()) {
      for (Triplet.Averaging averaging : Triplet.Averaging.values()) {
        Triplet triplet = Triplet.withMargin(0.3).mining(mining).averaging(averaging);
        assertThat(Evaluated.in64(Evaluated.labelled(triplet, labels), rows).value())
            .as("%s, %s", mining, averaging)
            .isCloseTo(Brute.triplet(rows, labels, triplet), within(1e-12));
      }
    }
  }

  @Test
  void aNanInTheQueueShows() {
    Evaluated.Loss loss =
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return InfoNce.withTemperature(0.2).withQueue(tf, in.get(0), in.get(1), in.get(2));
          }
        };
    double[][] queue = Golden.matrix(5, 3, (i, j) -> i == 2 ? Double.NaN : Golden.QUEUE[i][j]);
    assertThat(Evaluated.in32(loss, Golden.Z0, Golden.Z1, queue).value()).isNaN();
  }

  @Test
  void theSlopeAtALogitOfZeroIsAHalf() {
    double[][] a = {{1, 0}};
    double[][] b = {{0, 1}};
    Evaluated result = Evaluated.in32(Evaluated.pair(LogisticNce.withTemperature(1)), a, b);
    assertThat(result.gradients().get(0)[0]).containsExactly(0, -0.5);
  }

  @Test
  void refusesWhatDoesNotFit() {
    refused(x -> NtXent.withTemperature(-0.1), "temperature must be finite and > 0, was -0.1");
    refused(x -> Triplet.withMargin(Double.NaN), "margin must be finite and >= 0, was NaN");
    refused(
        x -> new NtXent(1, Reduction.NONE, 2),
        "reduction must be MEAN or SUM for a loss in blocks, was NONE");
    refused(
        x -> InfoNce.withTemperature(1).withQueue(x, at(x, 8, 4), at(x, 8, 4), at(x, 16, 5)),
        "queue must be as wide as queries, were [16, 5] and [8, 4]");
    refused(
        x -> SupCon.withTemperature(1).of(x, at(x, 8, 4), labels(x, 7)),
        "labels must be [batch], one for each row of embeddings, was [7] for [8, 4]");
    refused(
        x -> Byol.standard().of(x, at(x, 8, 4), at(x, 8, 5)),
        "predictions and targets must be [batch, dim] of equal shape, were [8, 4] and [8, 5]");
    refused(
        x -> VicReg.standard().of(x, at(x, 1, 4), at(x, 1, 4)),
        "batch must be >= 2, for a variance needs two examples, was 1");
    refused(
        x -> new Matryoshka(Byol.standard(), List.of(9)).of(x, at(x, 8, 4), at(x, 8, 4)),
        "width must be <= the embeddings' [8, 4], was 9");
    refused(
        x -> Dino.standard().of(x, List.of(at(x, 8, 4)), List.of(at(x, 8, 4)), at(x, 4)),
        "student views must be >= 2, was 1");
    refused(x -> Uniformity.standard().of(x, at(x, 8)), "rows must be [batch, dim], was [8]");
  }

  private static void refused(Consumer<Ops> build, String message) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      assertThatIllegalArgumentException().isThrownBy(() -> build.accept(tf)).withMessage(message);
    }
  }

  private static Operand<TFloat32> at(Ops tf, long... shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
  }

  private static Operand<TInt32> labels(Ops tf, long count) {
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(count)));
  }

  private static double[][] codes(SinkhornKnopp assignment, double[][] scores) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> single = tf.dtypes.cast(tf.constant(scores), TFloat32.class);
      Operand<TFloat64> codes = tf.dtypes.cast(assignment.codes(tf, single), TFloat64.class);
      try (var result = session.runner().fetch(codes).run()) {
        return StdArrays.array2dCopyOf((TFloat64) result.get(0));
      }
    }
  }
}
