package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The values that published implementations gave for the same inputs, in float64. */
class GoldenTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void equalsThePublishedValue(
      String name, Evaluated.Loss loss, double[][][] all, double expected) {
    double size = Math.max(Math.abs(expected), 1e-9);
    assertThat(Evaluated.in64(loss, all).value()).isCloseTo(expected, within(1e-12 * size));
    assertThat(Evaluated.in32(loss, all).value()).isCloseTo(expected, within(1e-6 * size));
  }

  static Stream<Arguments> values() {
    return Stream.of(ntXent(), infoNce(), supCon(), triplets(), others().stream())
        .flatMap(each -> each);
  }

  private static Stream<Arguments> ntXent() {
    return Stream.of(
        pair("NT-Xent T 0.5: lightly, solo", NtXent.withTemperature(0.5), 1.2254773193920716),
        pair("NT-Xent T 0.1: lightly, solo", NtXent.withTemperature(0.1), 0.404501787757208),
        pair("DCL T 0.5: lightly", Dcl.withTemperature(0.5), 0.8648216221704804),
        pair("DCL T 0.1: lightly", Dcl.withTemperature(0.1), -0.8736969703639526));
  }

  private static Stream<Arguments> infoNce() {
    return Stream.of(
        pair("InfoNCE T 0.5: solo", InfoNce.withTemperature(0.5), 0.7914106557633545),
        pair("InfoNCE T 0.1: solo", InfoNce.withTemperature(0.1), 0.19883345406321803),
        queue("MoCo T 0.2: lightly, solo", 0.2, 0.8119954623977415),
        queue("MoCo T 0.07: lightly, solo", 0.07, 0.5935831004744828));
  }

  private static Stream<Arguments> supCon() {
    double[][] twice = Golden.matrix(12, 3, (i, j) -> i < 6 ? Golden.E[i][j] : second(i - 6, j));
    int[] labels = {0, 0, 1, 1, 2, 0, 0, 0, 1, 1, 2, 0};
    return Stream.of(
        labelled("SupCon T 0.1: pml", SupCon.withTemperature(0.1), 6.752195339828196),
        labelled("SupCon T 0.5: pml", SupCon.withTemperature(0.5), 2.0037207368354233),
        Arguments.of(
            "SupCon T 0.1, two views: pml, SupContrast",
            Evaluated.labelled(SupCon.withTemperature(0.1), labels),
            new double[][][] {twice},
            6.388519777862954),
        Arguments.of(
            "SupCon T 0.5, two views: pml, SupContrast",
            Evaluated.labelled(SupCon.withTemperature(0.5), labels),
            new double[][][] {twice},
            2.5664313242727994));
  }

  private static Stream<Arguments> triplets() {
    Triplet.Averaging violating = Triplet.Averaging.VIOLATING;
    return Stream.of(
        triplet("all m .05", all(0.05), 0.3057943356858428),
        triplet("all m .05 violating", all(0.05).averaging(violating), 0.6115886713716856),
        triplet("all m .2", all(0.2), 0.3886441298574308),
        triplet("all m .2 violating", all(0.2).averaging(violating), 0.6736498250862134),
        triplet("all m 1", all(1), 0.9513771571581511),
        triplet("all m 1 violating", all(1).averaging(violating), 1.0754698298309535),
        triplet("batch-hard m .05", mined(0.05, Triplet.Mining.BATCH_HARD), 0.6327702788061899),
        triplet("batch-hard m .2", mined(0.2, Triplet.Mining.BATCH_HARD), 0.7635892084984476),
        triplet("batch-hard m 1", mined(1, Triplet.Mining.BATCH_HARD), 1.5635892084984477),
        triplet("hard m .05", mined(0.05, Triplet.Mining.HARD), 0.659243611466317),
        triplet("hard m .2", mined(0.2, Triplet.Mining.HARD), 0.8092436114663171),
        triplet("hard m 1", mined(1, Triplet.Mining.HARD), 1.609243611466317),
        triplet("semi-hard m .05", mined(0.05, Triplet.Mining.SEMI_HARD), 0.03972939023610862),
        triplet("semi-hard m .2", mined(0.2, Triplet.Mining.SEMI_HARD), 0.13127467956579927),
        triplet("semi-hard m 1", mined(1, Triplet.Mining.SEMI_HARD), 0.49317115895601166),
        triplet("easy m .05", mined(0.05, Triplet.Mining.EASY), 0),
        triplet("easy m .2", mined(0.2, Triplet.Mining.EASY), 0),
        triplet("easy m 1", mined(1, Triplet.Mining.EASY), 0),
        triplet("soft m .2", all(0.2).withSoftMargin(), 0.826188954261981),
        triplet("swap m .2", all(0.2).withSwap(), 0.561864545282553),
        triplet("cosine m .2", all(0.2).distance(Distance.COSINE), 0.5326260046831481));
  }

  private static List<Arguments> others() {
    return List.of(
        Arguments.of(
            "N-pair: pml",
            new Evaluated.Loss() {
              @Override
              public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> inputs) {
                return new NPair(Similarity.COSINE, 0)
                    .ofLabels(tf, inputs.get(0), tf.constant(Golden.LABELS));
              }
            },
            new double[][][] {Golden.E},
            0.47167264098807155),
        target("BYOL: solo", Byol.standard(), 0.053889276771357464),
        target("SimSiam: lightly, solo", SimSiam.standard(), -0.9730553616143213),
        wide("Barlow Twins: lightly", BarlowTwins.withLambda(5e-3), 0.043805908526923114),
        wide("Barlow Twins: official", BarlowTwins.withLambda(0.0051), 0.04429562411095314),
        wide(
            "Barlow Twins: solo, scale .1",
            new BarlowTwins(5e-3, 0.1, BarlowTwins.DEFAULT_EPSILON),
            0.004380590852692314),
        wide(
            "Barlow Twins: solo, scale .025",
            new BarlowTwins(5e-3, 0.025, BarlowTwins.DEFAULT_EPSILON),
            0.0010951477131730784),
        wide("VICReg: lightly, pml", VicReg.standard(), 10.113003581450691),
        wide("VICReg at twice the variance: solo", new VicReg(25, 50, 1), 18.29280649479586),
        Arguments.of(
            "SwAV: lightly, solo",
            Evaluated.pair(Swav.standard()),
            new double[][][] {Golden.S0, Golden.S1},
            0.6887863633437339));
  }

  private static double second(int i, int j) {
    return Golden.E[i][j] + 0.3 * Math.cos(1.1 * i - 0.9 * j);
  }

  private static Triplet all(double margin) {
    return Triplet.withMargin(margin);
  }

  private static Triplet mined(double margin, Triplet.Mining mining) {
    return all(margin).mining(mining);
  }

  private static Arguments pair(String name, PairLoss loss, double expected) {
    return Arguments.of(
        name, Evaluated.pair(loss), new double[][][] {Golden.Z0, Golden.Z1}, expected);
  }

  private static Arguments target(String name, PairLoss loss, double expected) {
    return Arguments.of(
        name, Evaluated.toTarget(loss), new double[][][] {Golden.Z0, Golden.Z1}, expected);
  }

  private static Arguments wide(String name, PairLoss loss, double expected) {
    return Arguments.of(
        name, Evaluated.pair(loss), new double[][][] {Golden.B0, Golden.B1}, expected);
  }

  private static Arguments labelled(String name, LabelLoss loss, double expected) {
    return Arguments.of(
        name, Evaluated.labelled(loss, Golden.LABELS), new double[][][] {Golden.E}, expected);
  }

  private static Arguments triplet(String name, Triplet loss, double expected) {
    return labelled("triplet, " + name + ": pml", loss, expected);
  }

  private static Arguments queue(String name, double temperature, double expected) {
    InfoNce loss = InfoNce.withTemperature(temperature);
    return Arguments.of(
        name,
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> inputs) {
            return loss.withQueue(tf, inputs.get(0), inputs.get(1), inputs.get(2));
          }
        },
        new double[][][] {Golden.Z0, Golden.Z1, Golden.QUEUE},
        expected);
  }
}
