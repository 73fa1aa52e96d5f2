package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.runtime.KindredException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegressionProbeTest {
  private static final List<String> NAMES = List.of("linear", "noise", "constant");

  @Test
  void readsWhatIsLinearAndNothingOfNoise() {
    RegressionScores scores = RegressionProbe.defaults().evaluate(rows(500, 1, 0), rows(200, 2, 0));

    assertThat(scores.of("linear")).isCloseTo(1, within(1e-4));
    assertThat(scores.of("noise")).isBetween(-0.2, 0.1);
    assertThat(scores.of("constant")).isNaN();
    assertThat(scores.mean()).isEqualTo((scores.of("linear") + scores.of("noise")) / 2);
  }

  /** With noise of a third of the signal's variance, the best there can be is 3/4. */
  @Test
  void comesToWhatIsThereToBeRead() {
    RegressionScores scores =
        RegressionProbe.defaults().evaluate(rows(4000, 3, 1), rows(4000, 4, 1));

    assertThat(scores.of("linear")).isCloseTo(0.75, within(0.02));
  }

  /** A worked example: errors of 0, 0 and 1 around a mean of 1, deviations of 1, 0 and 1. */
  @Test
  void r2IsOneMinusErrorsByDeviations() {
    assertThat(
            RegressionScores.of(
                    List.of("x"), new float[][] {{0}, {1}, {2}}, new double[][] {{0}, {1}, {3}})
                .r2()
                .get("x"))
        .isEqualTo(0.5);
  }

  @Test
  void aFeatureThatNeverChangesDoesNoHarm() {
    ValuedRows training = rows(100, 5, 0);
    for (float[] vector : training.vectors()) {
      vector[3] = 7;
    }
    assertThat(RegressionProbe.defaults().evaluate(training, rows(50, 6, 0)).of("linear"))
        .isGreaterThan(0.99);
  }

  @Test
  void refusesWhatCannotBeCompared() {
    ValuedRows rows = rows(20, 1, 0);
    ValuedRows narrow = new ValuedRows(new float[20][2], NAMES, rows.values());
    assertThatThrownBy(() -> RegressionProbe.defaults().evaluate(rows, narrow))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("test rows must be as the training rows, 4 numbers");
    assertThatThrownBy(() -> RegressionProbe.defaults().evaluate(rows(9, 1, 0), rows))
        .hasMessage("a regression needs 10 training rows or more, had 9");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ValuedRows(new float[][] {{Float.NaN}}, List.of("x"), new float[][] {{1}}))
        .withMessage("vector of row 0 must be finite, was NaN");
  }

  /** Four features of variance 1, of which the last says nothing. */
  private static ValuedRows rows(int count, long seed, double noise) {
    Random random = new Random(seed);
    float[][] vectors = new float[count][4];
    float[][] values = new float[count][3];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 4; j++) {
        vectors[i][j] = (float) random.nextGaussian();
      }
      values[i][0] =
          (float)
              (vectors[i][0] + vectors[i][1] - vectors[i][2] + noise * random.nextGaussian() + 5);
      values[i][1] = (float) random.nextGaussian();
      values[i][2] = 3;
    }
    return new ValuedRows(vectors, NAMES, values);
  }
}
