package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearProbeTest {
  private static final Embeddings TRAINING = Examples.clouds(150, 4, 2, 1);
  private static final Embeddings TEST = Examples.clouds(200, 4, 2, 2);

  static Stream<LinearProbe> probes() {
    return Stream.of(LinearProbe.logistic(), LinearProbe.sgd(0).withEpochs(20));
  }

  @ParameterizedTest
  @CsvSource({"1, false", "0.01, false", "100, false", "1, true"})
  void convergesToWhatGradientDescentFinds(double l2, boolean standardise) {
    LinearClassifier found = new LogisticProbe(l2, standardise, 1000).fit(TRAINING);
    double[][] rows = ReferenceRegression.rows(TRAINING.vectors(), standardise);
    ReferenceRegression reference = ReferenceRegression.solve(rows, TRAINING.labels(), 3, l2);
    assertThat(found.classNames()).isEqualTo(Examples.ABC);
    double[][] scores = ReferenceRegression.scores(found, TRAINING.vectors());
    for (int i = 0; i < rows.length; i++) {
      // Biases are free to shift together, so scores are compared without their mean.
      assertThat(ReferenceRegression.centred(scores[i]))
          .containsExactly(ReferenceRegression.centred(reference.scores(rows[i])), within(1e-3));
    }
    if (!standardise) {
      for (int c = 0; c < 3; c++) {
        assertThat(found.weights()[c]).containsExactly(reference.weights()[c], within(1e-3));
      }
    }
    assertThat(found.predict(TRAINING.vectors())).isEqualTo(reference.predict(rows));
  }

  /** Random features: clouds through a random layer of rectified units, as an untrained network. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 10})
  void onRandomFeaturesItIsWhatNewtonsMethodFinds(double l2) {
    float[][] layer = Examples.clouds(16, 5, 0, 7).vectors();
    Embeddings training = rectified(Examples.clouds(1500, 5, 1.2, 8), layer);
    Embeddings test = rectified(Examples.clouds(2000, 5, 1.2, 9), layer);
    double[][] rows = ReferenceRegression.rows(training.vectors(), false);
    NewtonRegression newton = NewtonRegression.solve(rows, training.labels(), 3, l2);
    double[][] asked = ReferenceRegression.rows(test.vectors(), false);
    long right =
        IntStream.range(0, asked.length)
            .filter(i -> newton.predict(asked[i]) == test.labels()[i])
            .count();

    assertThat(new LogisticProbe(l2, false, 1000).evaluate(training, test).accuracy())
        .isCloseTo((double) right / asked.length, within(0.0005))
        .isBetween(0.6, 0.95);
  }

  private static Embeddings rectified(Embeddings rows, float[][] layer) {
    float[][] features = new float[rows.size()][layer.length];
    for (int i = 0; i < features.length; i++) {
      for (int unit = 0; unit < layer.length; unit++) {
        float sum = 0;
        for (int j = 0; j < rows.dimension(); j++) {
          sum += layer[unit][j] * rows.vectors()[i][j];
        }
        features[i][unit] = Math.max(0, sum);
      }
    }
    return Examples.of(Examples.ABC, rows.labels(), features);
  }

  @Test
  void standardisingUndoesShiftsAndScales() {
    Embeddings moved = moved(TRAINING);
    assertThat(LinearProbe.logistic().fit(moved).predict(moved(TEST).vectors()))
        .isEqualTo(LinearProbe.logistic().fit(TRAINING).predict(TEST.vectors()));
  }

  @Test
  void aConstantFeatureHasNoWeight() {
    Embeddings constant =
        Examples.of(
            List.of("a", "b"),
            new int[] {0, 1, 1},
            new float[] {0.1f, -1},
            new float[] {0.1f, 1},
            new float[] {0.1f, 2});
    LinearClassifier classifier = LinearProbe.logistic().fit(constant);
    assertThat(classifier.weights()[0][0]).isZero();
    assertThat(classifier.evaluate(constant).accuracy()).isEqualTo(1);
  }

  @Test
  void descentComesNearTheBestClassifier() {
    double best = LinearProbe.logistic().evaluate(TRAINING, TEST).accuracy();
    assertThat(best).isGreaterThan(0.8);
    assertThat(LinearProbe.sgd(0).evaluate(TRAINING, TEST).accuracy())
        .isCloseTo(best, within(0.03));
  }

  @Test
  void descentOverAllRowsConvergesToTheRegularisedOptimum() {
    // Weight decay l2 / n on the mean loss is the same problem, and one batch leaves no noise.
    double l2 = 15;
    SgdProbe probe = new SgdProbe(500, 256, 0.5, 0.9, l2 / TRAINING.size(), false, 3);
    LinearClassifier found = probe.fit(TRAINING);
    LinearClassifier best = new LogisticProbe(l2, false, 1000).fit(TRAINING);
    for (int c = 0; c < 3; c++) {
      assertThat(found.weights()[c]).containsExactly(best.weights()[c], within(1e-3));
    }
  }

  @Test
  void theRateFallsAlongACosine() {
    SgdProbe probe = new SgdProbe(10, 512, 0.1, 0.9, 0, false, 0);
    assertThat(probe.rate(0)).isCloseTo(0.2, within(1e-12));
    assertThat(probe.rate(5)).isCloseTo(0.1, within(1e-12));
    assertThat(probe.rate(9)).isBetween(0.0, 0.01);
  }

  @ParameterizedTest
  @MethodSource("probes")
  void givesTheSameResultTwice(LinearProbe probe) {
    LinearClassifier first = probe.fit(TRAINING);
    LinearClassifier second = probe.fit(TRAINING);
    assertThat(second.weights()).isDeepEqualTo(first.weights());
    assertThat(second.biases()).isEqualTo(first.biases());
  }

  @Test
  void anotherSeedGivesAnotherDescent() {
    assertThat(LinearProbe.sgd(1).withEpochs(2).fit(TRAINING).biases())
        .isNotEqualTo(LinearProbe.sgd(2).withEpochs(2).fit(TRAINING).biases());
  }

  @ParameterizedTest
  @MethodSource("probes")
  void joinsClassesByName(LinearProbe probe) {
    int[] turned = java.util.Arrays.stream(TEST.labels()).map(label -> 2 - label).toArray();
    Embeddings other = Examples.of(List.of("cow", "bee", "ant"), turned, TEST.vectors());
    assertThat(probe.evaluate(TRAINING, other).toMap())
        .isEqualTo(probe.evaluate(TRAINING, TEST).toMap());
  }

  @ParameterizedTest
  @MethodSource("probes")
  void refusesRowsThatCannotBeCompared(LinearProbe probe) {
    float[] row = new float[4];
    Embeddings unlabelled =
        Examples.of(List.of("ant", "bee"), new int[] {0, Dataset.NO_LABEL}, row, row);
    assertThatThrownBy(() -> probe.fit(unlabelled))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("training rows: every row must have a label, but row1");
    assertThatThrownBy(() -> probe.evaluate(TRAINING, unlabelled))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("test rows: every row must have a label, but row1");
    Embeddings one = Examples.of(List.of("ant"), new int[] {0, 0}, row, row);
    assertThatThrownBy(() -> probe.fit(one))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("training rows: must have at least two classes, had only ant");
    Embeddings narrow = Examples.of(List.of("ant"), new int[] {0}, new float[3]);
    assertThatThrownBy(() -> probe.evaluate(TRAINING, narrow))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("training rows and test rows must be equally wide, were 4 and 3");
    Embeddings dog = Examples.of(List.of("dog"), new int[] {0}, row);
    assertThatThrownBy(() -> probe.evaluate(TRAINING, dog))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("test rows: every class must occur in the training rows too");
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearProbe.logistic().withL2(0))
        .withMessage("l2 must be finite and > 0, was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearProbe.sgd(0).withEpochs(0))
        .withMessage("epochs must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SgdProbe(1, 1, 0.1, 1, 0, false, 0))
        .withMessage("momentum must be in [0, 1), was 1.0");
  }

  private static Embeddings moved(Embeddings embeddings) {
    float[][] vectors = new float[embeddings.size()][embeddings.dimension()];
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < vectors[i].length; j++) {
        vectors[i][j] = embeddings.vectors()[i][j] * (j + 1) * 8 + 5 * j;
      }
    }
    return Examples.of(embeddings.classNames(), embeddings.labels(), vectors);
  }
}
