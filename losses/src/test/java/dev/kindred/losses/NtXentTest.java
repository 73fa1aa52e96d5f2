package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class NtXentTest {
  @ParameterizedTest
  @CsvSource({"0.5, 1.2254773193920716", "0.1, 0.404501787757208"})
  void equalsThePublishedImplementations(double temperature, double expected) {
    Evaluated.Loss loss = at(temperature);
    assertThat(Evaluated.in64(loss, Golden.Z0, Golden.Z1).value())
        .isCloseTo(expected, within(1e-12 * expected));
    assertThat(Evaluated.in32(loss, Golden.Z0, Golden.Z1).value())
        .isCloseTo(expected, within(1e-6 * expected));
  }

  @Test
  void gradientEqualsThePublishedOne() {
    double[][] expected = {
      {0.074824945100761, 0.02603639305808722, -0.07751321005252026},
      {0.026689349617346037, -0.04895474817433145, -0.09044505745867448},
      {-0.007432238714121513, -0.019633271832537404, -0.01709755054870313},
      {0.11243191735278865, 0.18729372528062088, 0.025298332374780158}
    };
    double[][] gradient = Evaluated.in64(at(0.5), Golden.Z0, Golden.Z1).gradients().get(0);
    for (int i = 0; i < expected.length; i++) {
      assertThat(gradient[i]).containsExactly(expected[i], within(1e-12));
    }
  }

  @Test
  void gradientIsTheSlope() {
    Random random = new Random(1);
    LossChecks.gradientIsTheSlope(
        at(0.3), LossChecks.random(random, 3, 4), LossChecks.random(random, 3, 4));
  }

  @Property(tries = 20)
  void equalsItsDefinition(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int batch) {
    Random random = new Random(seed);
    double[][] a = LossChecks.random(random, batch, 5);
    double[][] b = LossChecks.random(random, batch, 5);
    double expected = definition(a, b, 0.25);
    assertThat(Evaluated.in32(at(0.25), a, b).value())
        .isCloseTo(expected, within(2e-6 * Math.max(1, expected)));
  }

  @Property(tries = 10)
  void permutingTheBatchPermutesTheGradient(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] a = LossChecks.random(random, 4, 3);
    double[][] b = LossChecks.random(random, 4, 3);
    Evaluated straight = Evaluated.in64(at(0.5), a, b);
    Evaluated reversed = Evaluated.in64(at(0.5), reverse(a), reverse(b));
    assertThat(reversed.value()).isCloseTo(straight.value(), within(1e-12));
    for (int i = 0; i < 4; i++) {
      assertThat(reversed.gradients().get(0)[3 - i])
          .containsExactly(straight.gradients().get(0)[i], within(1e-12));
    }
  }

  @Property(tries = 10)
  void theLengthOfARowDoesNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] a = LossChecks.random(random, 4, 3);
    double[][] b = LossChecks.random(random, 4, 3);
    double[][] longer = Golden.matrix(4, 3, (i, j) -> a[i][j] * (i + 1) * 1000);
    assertThat(Evaluated.in64(at(0.5), longer, b).value())
        .isCloseTo(Evaluated.in64(at(0.5), a, b).value(), within(1e-12));
  }

  @Test
  void oneExampleHasNoNegativeAndCostsNothing() {
    double[][] one = {{1, 2, 3}};
    Evaluated result = Evaluated.in32(at(0.5), one, new double[][] {{3, 1, 2}});
    assertThat(result.value()).isZero();
    assertThat(result.gradients().get(0)[0]).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void identicalRowsGiveTheLogarithmOfTheirNumber(int batch) {
    double[][] same = Golden.matrix(batch, 3, (i, j) -> j + 1);
    assertThat(Evaluated.in32(at(0.5), same, same).value())
        .isCloseTo(Math.log(2 * batch - 1), within(1e-6));
  }

  @Test
  void aZeroRowIsFiniteAndReceivesNoGradient() {
    double[][] a = Golden.matrix(4, 3, (i, j) -> i == 2 ? 0 : Golden.Z0[i][j]);
    Evaluated result = Evaluated.in32(at(0.5), a, Golden.Z1);
    assertThat(result.value()).isFinite();
    assertThat(result.gradients().get(0)[2]).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.07, 0.01, 0.005})
  void lowTemperaturesKeepTheirPrecisionInFloat32(double temperature) {
    double[][] a = LossChecks.random(new Random(3), 32, 16);
    double[][] b = Golden.matrix(32, 16, (i, j) -> a[i][j] + 0.4 * Math.sin(i * 16 + j));
    Evaluated exact = Evaluated.in64(at(temperature), a, b);
    Evaluated single = Evaluated.in32(at(temperature), a, b);
    assertThat(single.value()).isCloseTo(exact.value(), within(1e-4 * exact.value()));
    assertThat(Arrays.stream(single.gradients().get(0)).flatMapToDouble(Arrays::stream))
        .allMatch(Double::isFinite);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesATemperatureThatIsNotPositive(double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NtXent.withTemperature(temperature))
        .withMessage("temperature must be finite and > 0, was " + temperature);
  }

  @Test
  void refusesUnequalShapesWhileTheGraphIsBuilt() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> a = matrix(tf, Shape.of(64, 128));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NtXent.withTemperature(1).of(tf, a, matrix(tf, Shape.of(64, 256))))
          .withMessage(
              "view0 and view1 must be [batch, dim] of equal shape, were [64, 128] and [64, 256]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NtXent.withTemperature(1).of(tf, a, matrix(tf, Shape.of(64))))
          .withMessage("view1 must be [batch, dim], was [64]");
    }
  }

  private static Operand<TFloat32> matrix(Ops tf, Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private static Evaluated.Loss at(double temperature) {
    return Evaluated.pair(NtXent.withTemperature(temperature));
  }

  private static double[][] reverse(double[][] rows) {
    return Golden.matrix(rows.length, rows[0].length, (i, j) -> rows[rows.length - 1 - i][j]);
  }

  private static double definition(double[][] a, double[][] b, double temperature) {
    int n = a.length;
    double[][] z = new double[2 * n][];
    for (int i = 0; i < n; i++) {
      z[i] = a[i];
      z[n + i] = b[i];
    }
    double total = 0;
    for (int i = 0; i < 2 * n; i++) {
      double sum = 0;
      for (int k = 0; k < 2 * n; k++) {
        sum += k == i ? 0 : Math.exp(cosine(z[i], z[k]) / temperature);
      }
      total += Math.log(sum) - cosine(z[i], z[(i + n) % (2 * n)]) / temperature;
    }
    return total / (2 * n);
  }

  static double cosine(double[] x, double[] y) {
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
