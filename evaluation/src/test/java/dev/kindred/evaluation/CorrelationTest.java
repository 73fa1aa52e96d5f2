package dev.kindred.evaluation;

import static dev.kindred.evaluation.Correlation.PEARSON;
import static dev.kindred.evaluation.Correlation.SPEARMAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorrelationTest {
  private static final double[] ONE_TO_SEVEN = {1, 2, 3, 4, 5, 6, 7};

  @Test
  void tiedValuesShareTheMeanOfTheirRanks() {
    // Ranks 1, 2.5, 2.5, 4 and 1, 4, 2.5, 2.5; less 2.5: 2.25 / 4.5.
    assertThat(SPEARMAN.of(new double[] {10, 20, 20, 90}, new double[] {-1, 8, 0, 0}))
        .isCloseTo(1.0 / 2, within(1e-15));
    // Ranks 2, 2, 2, 4 and 1, 2, 3.5, 3.5; less 2.5: 2 / sqrt(3 * 4.5).
    assertThat(SPEARMAN.of(new double[] {0, 0, 0, 1}, new double[] {1, 2, 3, 3}))
        .isCloseTo(Math.sqrt(8.0 / 27), within(1e-15));
  }

  @Test
  void withoutTiesItIsSpearmansFormula() {
    // d = 0, 1, -1, 1, -1: 1 - 6 * 4 / (5 * 24) = 4/5.
    assertThat(SPEARMAN.of(new double[] {1, 2, 3, 4, 5}, new double[] {1, 3, 2, 5, 4}))
        .isCloseTo(4.0 / 5, within(1e-15));
  }

  @Test
  void pearsonIsThatOfTheValues() {
    // Less their means: -1, 0, 1 and -2, -1, 3; 5 / sqrt(2 * 14).
    assertThat(PEARSON.of(new double[] {1, 2, 3}, new double[] {0, 1, 5}))
        .isCloseTo(5 / Math.sqrt(28), within(1e-15));
  }

  @Test
  void aSlightCorrelationDoesNotDrown() {
    double[] even = {2, 1, 1, 0, 1, 1, 2};
    assertThat(PEARSON.of(ONE_TO_SEVEN, even)).isZero();
    even[6] += 1e-9;
    // Covariance 3e-9, over sqrt(28) and sqrt(20 / 7).
    assertThat(PEARSON.of(ONE_TO_SEVEN, even)).isCloseTo(3e-9 / Math.sqrt(80), within(1e-15));
  }

  @Test
  void zerosOfBothSignsAreTied() {
    assertThat(SPEARMAN.of(new double[] {0.0, -0.0, 1}, new double[] {1, 2, 3}))
        .isCloseTo(Math.sqrt(3) / 2, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource
  void perfectCorrelationIsOne(Correlation correlation) {
    double[] x = {0.1, 0.2, 0.3, 0.7};
    double[] opposite = Arrays.stream(x).map(value -> -3 * value).toArray();
    assertThat(correlation.of(x, x)).isEqualTo(1);
    assertThat(correlation.of(x, opposite)).isBetween(-1.0, -1 + 1e-15);
  }

  @ParameterizedTest
  @EnumSource
  void hugeAndTinyValuesDoNotOverflow(Correlation correlation) {
    double[] y = {1, 2, 3};
    for (double scale : new double[] {1e308, 1e-308, Double.MIN_VALUE}) {
      assertThat(correlation.of(new double[] {-scale, 0, scale}, y)).isCloseTo(1, within(1e-12));
    }
    assertThat(correlation.of(new double[] {1, Math.nextUp(1.0), 1}, y)).isZero();
  }

  @Property(tries = 1000)
  void equalsCountingWhatIsBelow(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 60) int size,
      @ForAll @IntRange(min = 2, max = 40) int distinct) {
    Random random = new Random(seed);
    double[] x = varying(random, size, distinct);
    double[] y = varying(random, size, distinct);
    double expected = reference(ranks(x), ranks(y));
    assertThat(SPEARMAN.of(x, y)).isCloseTo(expected, within(1e-12));
    assertThat(PEARSON.of(x, y)).isCloseTo(reference(x, y), within(1e-12));
  }

  @Property(tries = 200)
  void onlyTheOrderMattersToSpearman(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int size) {
    Random random = new Random(seed);
    double[] x = varying(random, size, 10);
    double[] y = varying(random, size, 10);
    double[] bent = Arrays.stream(x).map(value -> Math.exp(value / 2) - 7).toArray();
    double[] turned = Arrays.stream(x).map(value -> -Math.cbrt(value)).toArray();
    assertThat(SPEARMAN.of(bent, y)).isEqualTo(SPEARMAN.of(x, y));
    assertThat(SPEARMAN.of(turned, y)).isCloseTo(-SPEARMAN.of(x, y), within(1e-14));
  }

  @Property(tries = 200)
  void thePlacesOfThePairsDoNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int size) {
    Random random = new Random(seed);
    double[] x = varying(random, size, 10);
    double[] y = varying(random, size, 10);
    int[] order = IntStream.range(0, size).toArray();
    Rows.shuffle(order, random);
    double[] movedX = Arrays.stream(order).mapToDouble(i -> x[i]).toArray();
    double[] movedY = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
    for (Correlation correlation : Correlation.values()) {
      assertThat(correlation.of(movedX, movedY))
          .isCloseTo(correlation.of(x, y), within(1e-13))
          .isCloseTo(correlation.of(movedY, movedX), within(1e-13));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatHasNoCorrelation(Correlation correlation) {
    double[] two = {1, 2};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> correlation.of(two, ONE_TO_SEVEN))
        .withMessage("x and y must be equally many, were 2 and 7");
    refuses(
        correlation,
        new double[] {1},
        "x must be at least 2 to be correlated, had 1; give more pairs");
    refuses(
        correlation,
        new double[] {1, Double.NaN},
        "x must be finite to be correlated, but value 2 of 2 is NaN; leave that pair out");
    refuses(
        correlation,
        new double[] {Double.NEGATIVE_INFINITY, 1},
        "x must be finite to be correlated, but value 1 of 2 is -Infinity; leave that pair out");
    refuses(
        correlation,
        new double[] {0.0, -0.0, 0.0},
        "x must vary to be correlated, but all 3 are 0.0; give pairs that differ");
    assertThatThrownBy(() -> correlation.of(two, new double[] {0.1, 0.1}))
        .isInstanceOf(KindredException.class)
        .hasMessage("y must vary to be correlated, but all 2 are 0.1; give pairs that differ");
  }

  private static void refuses(Correlation correlation, double[] x, String message) {
    double[] y = IntStream.range(0, x.length).asDoubleStream().toArray();
    assertThatThrownBy(() -> correlation.of(x, y))
        .isInstanceOf(KindredException.class)
        .hasMessage(message);
  }

  /** Numbers with ties, of which two differ. */
  private static double[] varying(Random random, int size, int distinct) {
    double[] values = new double[size];
    Arrays.setAll(values, i -> random.nextInt(distinct) - distinct / 3);
    values[size - 1] = values[0] + 1;
    return values;
  }

  /** One more than the number below, and half of the others that are equal. */
  private static double[] ranks(double[] values) {
    return Arrays.stream(values)
        .map(
            one ->
                Arrays.stream(values).filter(other -> other < one).count()
                    + (Arrays.stream(values).filter(other -> other == one).count() + 1) / 2.0)
        .toArray();
  }

  /** By the raw moments: {@code (n sum xy - sum x sum y) / ...}, exact for small integers. */
  private static double reference(double[] x, double[] y) {
    return moment(x, y) / Math.sqrt(moment(x, x) * moment(y, y));
  }

  private static double moment(double[] x, double[] y) {
    double product = IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).sum();
    return x.length * product - Arrays.stream(x).sum() * Arrays.stream(y).sum();
  }
}
