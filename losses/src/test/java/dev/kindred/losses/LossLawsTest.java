package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** What must hold for every loss of the module, each by its name. */
class LossLawsTest {
  private static final int[] LABELS = {0, 1, 0, 2, 1, 0};
  private static final int BATCH = LABELS.length;
  private static final int WIDTH = 4;

  /** A loss, the number of its matrices, and whether only directions count. */
  private record Case(Evaluated.Loss loss, int inputs, boolean spherical) {}

  private static final Map<String, Case> CASES = cases();

  static Map<String, Case> cases() {
    Map<String, Case> all = new TreeMap<>();
    all.put("ntxent", pair(NtXent.withTemperature(0.3), true));
    all.put("infonce", pair(InfoNce.withTemperature(0.3), true));
    all.put("infonce symmetric", pair(InfoNce.withTemperature(0.3).symmetric(), true));
    all.put("infonce queue", queue(InfoNce.withTemperature(0.3)));
    all.put("infonce hard", hard(InfoNce.withTemperature(0.3).hardNegativeOffset(0.7)));
    all.put("dcl", pair(Dcl.withTemperature(0.3), true));
    all.put("logistic nce", pair(LogisticNce.withTemperature(0.3), true));
    all.put("siglip", pair(SigLip.standard(), true));
    all.put("npair", pair(new NPair(Similarity.DOT, 0.1), false));
    all.put("byol", target(Byol.standard()));
    all.put("simsiam", target(SimSiam.standard()));
    all.put("barlow twins", pair(BarlowTwins.withLambda(0.1), false));
    all.put("vicreg", pair(VicReg.standard(), false));
    all.put("swav", swav());
    all.put("alignment", pair(Alignment.standard(), true));
    all.put("alignment cubed", pair(new Alignment(3), true));
    all.put(
        "matryoshka", pair(new Matryoshka(NtXent.withTemperature(0.5), List.of(2, WIDTH)), false));
    all.put("uniformity", rows(Uniformity.standard()));
    all.put("koleo", rows(KoLeo.standard()));
    all.put("supcon", labelled(SupCon.withTemperature(0.3), true));
    all.put("contrastive margin", labelled(ContrastiveMargin.withMargin(3), false));
    for (Triplet.Mining mining : Triplet.Mining.values()) {
      Triplet triplet = Triplet.withMargin(0.5).mining(mining);
      all.put("triplet " + mining, labelled(triplet, true));
      all.put("triplet soft " + mining, labelled(triplet.withSoftMargin(), true));
      all.put("triplet swap " + mining, labelled(triplet.withSwap(), true));
    }
    for (Distance distance : Distance.values()) {
      all.put("triplet " + distance, labelled(Triplet.withMargin(0.4).distance(distance), true));
    }
    all.put("triplet raw", labelled(Triplet.withMargin(1).unnormalized(), false));
    all.put("cosent", cosent());
    all.put("dino", dino());
    all.put("nnclr", nnclr());
    return all;
  }

  static Stream<Arguments> all() {
    return CASES.entrySet().stream().map(each -> named(each.getKey(), each.getValue()));
  }

  static Stream<Arguments> spherical() {
    return CASES.entrySet().stream()
        .filter(each -> each.getValue().spherical())
        .map(each -> named(each.getKey(), each.getValue()));
  }

  private static Arguments named(String name, Case it) {
    return Arguments.of(Named.of(name, it));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theGradientIsTheSlope(Case it) {
    LossChecks.gradientIsTheSlope(it.loss(), inputs(it, 11));
  }

  @ParameterizedTest
  @MethodSource("spherical")
  void theLengthsOfTheRowsDoNotMatter(Case it) {
    double[][][] inputs = inputs(it, 12);
    double[][][] longer =
        Arrays.stream(inputs)
            .map(x -> Golden.matrix(BATCH, WIDTH, (i, j) -> x[i][j] * (1 + 7 * i)))
            .toArray(double[][][]::new);
    assertThat(value(it, longer)).isCloseTo(value(it, inputs), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("spherical")
  void turningTheSpaceChangesNothing(Case it) {
    double[][][] inputs = inputs(it, 13);
    double angle = 0.7;
    double[][][] turned =
        Arrays.stream(inputs).map(x -> turned(x, angle)).toArray(double[][][]::new);
    assertThat(value(it, turned)).isCloseTo(value(it, inputs), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("all")
  void float32AgreesWithFloat64(Case it) {
    double[][][] inputs = inputs(it, 14);
    Evaluated exact = Evaluated.in64(it.loss(), inputs);
    Evaluated single = Evaluated.in32(it.loss(), inputs);
    LossChecks.same(single, exact, 3e-5);
  }

  @ParameterizedTest
  @MethodSource("all")
  void bfloat16IsComputedInFloat32(Case it) {
    double[][][] rounded =
        Arrays.stream(inputs(it, 15))
            .map(x -> Golden.matrix(BATCH, WIDTH, (i, j) -> bfloat16(x[i][j])))
            .toArray(double[][][]::new);
    double exact = value(it, rounded);
    double half = Evaluated.inBfloat16(it.loss(), rounded).value();
    assertThat(half).isCloseTo(bfloat16(exact), within(Math.abs(exact) / 128 + 1e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 20})
  void blocksOfRowsChangeNothing(int blocks) {
    Random random = new Random(17);
    double[][] a = LossChecks.random(random, BATCH, WIDTH);
    double[][] b = LossChecks.random(random, BATCH, WIDTH);
    NtXent ntXent = NtXent.withTemperature(0.3);
    assertSame(Evaluated.pair(ntXent.inBlocks(blocks)), Evaluated.pair(ntXent), a, b);
    InfoNce infoNce = InfoNce.withTemperature(0.3).symmetric();
    assertSame(Evaluated.pair(infoNce.inBlocks(blocks)), Evaluated.pair(infoNce), a, b);
    SupCon supCon = SupCon.withTemperature(0.3);
    assertSame(
        Evaluated.labelled(supCon.inBlocks(blocks), LABELS), Evaluated.labelled(supCon, LABELS), a);
  }

  private static void assertSame(
      Evaluated.Loss loss, Evaluated.Loss expected, double[][]... inputs) {
    LossChecks.same(Evaluated.in64(loss, inputs), Evaluated.in64(expected, inputs), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("all")
  void identicalAndZeroRowsAreFinite(Case it) {
    for (double row : new double[] {0, 1}) {
      double[][][] same =
          Arrays.stream(inputs(it, 16))
              .map(x -> Golden.matrix(BATCH, WIDTH, (i, j) -> row * (j + 1)))
              .toArray(double[][][]::new);
      Evaluated result = Evaluated.in32(it.loss(), same);
      assertThat(result.value()).isFinite();
      result.gradients().forEach(gradient -> assertFinite(gradient));
    }
  }

  private static void assertFinite(double[][] gradient) {
    assertThat(Arrays.stream(gradient).flatMapToDouble(Arrays::stream).toArray())
        .satisfies(values -> assertThat(Arrays.stream(values).allMatch(Double::isFinite)).isTrue());
  }

  private static double value(Case it, double[][]... inputs) {
    return Evaluated.in64(it.loss(), inputs).value();
  }

  private static double[][][] inputs(Case it, long seed) {
    Random random = new Random(seed);
    List<double[][]> inputs = new ArrayList<>();
    for (int i = 0; i < it.inputs(); i++) {
      inputs.add(LossChecks.random(random, BATCH, WIDTH));
    }
    return inputs.toArray(double[][][]::new);
  }

  private static double bfloat16(double value) {
    return Float.intBitsToFloat((Float.floatToIntBits((float) value) + 0x8000) & 0xFFFF0000);
  }

  /** A rotation in the plane of the first two and one in that of the last two columns. */
  private static double[][] turned(double[][] rows, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return Golden.matrix(
        rows.length,
        WIDTH,
        (i, j) ->
            j % 2 == 0
                ? cos * rows[i][j] - sin * rows[i][j + 1]
                : sin * rows[i][j - 1] + cos * rows[i][j]);
  }

  private static Case pair(PairLoss loss, boolean spherical) {
    return new Case(Evaluated.pair(loss), 2, spherical);
  }

  private static Case target(PairLoss loss) {
    return new Case(Evaluated.toTarget(loss), 2, true);
  }

  private static Case rows(Regularizer term) {
    return new Case(Evaluated.rows(term), 1, true);
  }

  private static Case labelled(LabelLoss loss, boolean spherical) {
    return new Case(Evaluated.labelled(loss, LABELS), 1, spherical);
  }

  private static Case queue(InfoNce loss) {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return loss.withQueue(tf, in.get(0), in.get(1), in.get(2));
          }
        },
        3,
        true);
  }

  private static Case hard(InfoNce loss) {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return loss.withHardNegatives(tf, in.get(0), in.get(1), in.get(2));
          }

          @Override
          public int differentiated() {
            return 3;
          }
        },
        3,
        true);
  }

  private static Case cosent() {
    double[] gold = {0.1, 0.9, 0.5, 0.5, 0.2, 0.7};
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            Operand<T> like = in.get(0);
            return new CoSent(CoSent.DEFAULT_SCALE)
                .of(tf, like, in.get(1), tf.dtypes.cast(tf.constant(gold), like.type()));
          }

          @Override
          public int differentiated() {
            return 2;
          }
        },
        2,
        true);
  }

  private static Case swav() {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            SinkhornKnopp assignment = SinkhornKnopp.standard();
            return Swav.standard()
                .of(
                    tf,
                    in.subList(0, 3),
                    List.of(assignment.codes(tf, in.get(3)), assignment.codes(tf, in.get(4))));
          }

          @Override
          public int differentiated() {
            return 3;
          }
        },
        5,
        false);
  }

  private static Case dino() {
    double[] centre = {0.3, -0.2, 0.1, 0};
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            Operand<T> like = in.get(0);
            return Dino.standard()
                .of(
                    tf,
                    List.of(like, in.get(1)),
                    List.of(in.get(2), in.get(3)),
                    tf.dtypes.cast(tf.constant(centre), like.type()));
          }

          @Override
          public int differentiated() {
            return 2;
          }
        },
        4,
        false);
  }

  private static Case nnclr() {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return new NnClr(0.3).of(tf, in.get(1), in.get(0), in.get(2));
          }
        },
        3,
        true);
  }
}
