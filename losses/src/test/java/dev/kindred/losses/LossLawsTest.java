package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every loss of the module, each by its name. */
class LossLawsTest {
  static Stream<Arguments> all() {
    return LossCases.ALL.entrySet().stream().map(each -> named(each.getKey(), each.getValue()));
  }

  private static Arguments named(String name, LossCases.Case it) {
    return Arguments.of(Named.of(name, it));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theGradientIsTheSlope(LossCases.Case it) {
    LossChecks.gradientIsTheSlope(it.loss(), it.inputs(11));
  }

  @ParameterizedTest
  @MethodSource("all")
  void float32AgreesWithFloat64(LossCases.Case it) {
    double[][][] inputs = it.inputs(14);
    Evaluated exact = Evaluated.in64(it.loss(), inputs);
    Evaluated single = Evaluated.in32(it.loss(), inputs);
    LossChecks.same(single, exact, 3e-5);
  }

  @ParameterizedTest
  @MethodSource("all")
  void bfloat16IsComputedInFloat32(LossCases.Case it) {
    double[][][] rounded =
        Arrays.stream(it.inputs(15))
            .map(x -> Golden.matrix(LossCases.BATCH, LossCases.WIDTH, (i, j) -> bfloat16(x[i][j])))
            .toArray(double[][][]::new);
    double exact = Evaluated.in64(it.loss(), rounded).value();
    double half = Evaluated.inBfloat16(it.loss(), rounded).value();
    assertThat(half).isCloseTo(bfloat16(exact), within(Math.abs(exact) / 128 + 1e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 20})
  void blocksOfRowsChangeNothing(int blocks) {
    Random random = new Random(17);
    double[][] a = LossChecks.random(random, LossCases.BATCH, LossCases.WIDTH);
    double[][] b = LossChecks.random(random, LossCases.BATCH, LossCases.WIDTH);
    NtXent ntXent = NtXent.withTemperature(0.3);
    assertSame(Evaluated.pair(ntXent.inBlocks(blocks)), Evaluated.pair(ntXent), a, b);
    InfoNce infoNce = InfoNce.withTemperature(0.3).symmetric();
    assertSame(Evaluated.pair(infoNce.inBlocks(blocks)), Evaluated.pair(infoNce), a, b);
    SupCon supCon = SupCon.withTemperature(0.3);
    assertSame(
        Evaluated.labelled(supCon.inBlocks(blocks), LossCases.LABELS),
        Evaluated.labelled(supCon, LossCases.LABELS),
        a);
  }

  private static void assertSame(
      Evaluated.Loss loss, Evaluated.Loss expected, double[][]... inputs) {
    LossChecks.same(Evaluated.in64(loss, inputs), Evaluated.in64(expected, inputs), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("all")
  void identicalAndZeroRowsAreFinite(LossCases.Case it) {
    for (double row : new double[] {0, 1}) {
      double[][][] same =
          Arrays.stream(it.inputs(16))
              .map(x -> Golden.matrix(LossCases.BATCH, LossCases.WIDTH, (i, j) -> row * (j + 1)))
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

  private static double bfloat16(double value) {
    return Float.intBitsToFloat((Float.floatToIntBits((float) value) + 0x8000) & 0xFFFF0000);
  }
}
