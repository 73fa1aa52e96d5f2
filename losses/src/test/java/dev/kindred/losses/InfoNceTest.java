package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoNceTest {
  @ParameterizedTest
  @CsvSource({"0.5, 0.7914106557633545", "0.1, 0.19883345406321803"})
  void equalsThePublishedImplementations(double temperature, double expected) {
    Evaluated.Loss loss = loss(InfoNce.withTemperature(temperature));
    assertThat(Evaluated.in64(loss, Golden.Z0, Golden.Z1).value())
        .isCloseTo(expected, within(1e-12 * expected));
    assertThat(Evaluated.in32(loss, Golden.Z0, Golden.Z1).value())
        .isCloseTo(expected, within(1e-6 * expected));
  }

  @Test
  void gradientIsTheSlope() {
    Random random = new Random(2);
    double[][] a = LossChecks.random(random, 3, 4);
    double[][] b = LossChecks.random(random, 3, 4);
    LossChecks.gradientIsTheSlope(loss(InfoNce.withTemperature(0.3).symmetric()), a, b);
    InfoNce dot =
        new InfoNce(0.9, Similarity.DOT, InfoNce.Direction.QUERY_TO_KEY, Reduction.SUM, 1, 0);
    LossChecks.gradientIsTheSlope(loss(dot), a, b);
  }

  @Property(tries = 10)
  void bothDirectionsAreTheMeanOfTheTwo(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] a = LossChecks.random(random, 4, 3);
    double[][] b = LossChecks.random(random, 4, 3);
    InfoNce one = InfoNce.withTemperature(0.5);
    double mean =
        (Evaluated.in64(loss(one), a, b).value() + Evaluated.in64(loss(one), b, a).value()) / 2;
    assertThat(Evaluated.in64(loss(one.symmetric()), a, b).value()).isCloseTo(mean, within(1e-12));
  }

  @Test
  void identicalRowsGiveTheLogarithmOfTheBatch() {
    double[][] same = Golden.matrix(5, 3, (i, j) -> j + 1);
    assertThat(Evaluated.in32(loss(InfoNce.withTemperature(0.1)), same, same).value())
        .isCloseTo(Math.log(5), within(1e-6));
  }

  @Test
  void refusesATemperatureThatIsNotPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InfoNce.withTemperature(-1))
        .withMessage("temperature must be finite and > 0, was -1.0");
  }

  private static Evaluated.Loss loss(InfoNce infoNce) {
    return Evaluated.pair(infoNce);
  }
}
