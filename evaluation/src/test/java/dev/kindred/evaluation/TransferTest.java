package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TransferTest {
  private static final Embeddings TRAINING = Examples.clouds(90, 4, 2, 1);
  private static final Embeddings VALIDATION = Examples.clouds(60, 4, 2, 2);
  private static final Embeddings TEST = Examples.clouds(60, 4, 2, 3);
  private static final Transfer THREE = withStrengths(100, 1);

  @Test
  void testsWhatWasTrainedWithTheStrengthThatValidatesBest() {
    // So strong that every weight is 0 and the commonest class wins; then one that learns.
    Transfer transfer = withStrengths(1e9, 1);
    TransferResult result = transfer.evaluate(TRAINING, VALIDATION, TEST);
    LinearClassifier expected = LinearProbe.logistic().withL2(1).fit(TRAINING);
    assertThat(result.l2()).isEqualTo(1);
    assertThat(result.validationAccuracy()).isEqualTo(expected.evaluate(VALIDATION).accuracy());
    assertThat(result.test().toMap()).isEqualTo(expected.evaluate(TEST).toMap());
  }

  @Test
  void ofEquallyGoodStrengthsTheFirstIsChosen() {
    assertThat(withStrengths(1, 1.0001).evaluate(TRAINING, VALIDATION, TEST).l2()).isEqualTo(1);
    assertThat(withStrengths(1.0001, 1).evaluate(TRAINING, VALIDATION, TEST).l2())
        .isEqualTo(1.0001);
  }

  @Test
  void theTestRowsChooseNothing() {
    TransferResult result = THREE.evaluate(TRAINING, VALIDATION, TEST);
    int[] turned = Arrays.stream(TEST.labels()).map(label -> 2 - label).toArray();
    Embeddings wrong = Examples.of(Examples.ABC, turned, TEST.vectors());
    TransferResult other = THREE.evaluate(TRAINING, VALIDATION, wrong);
    assertThat(other.l2()).isEqualTo(result.l2());
    assertThat(other.validationAccuracy()).isEqualTo(result.validationAccuracy());
    assertThat(other.test().accuracy()).isLessThan(result.test().accuracy());
  }

  @Test
  void withoutValidationRowsAPartOfTheTrainingRowsChooses() {
    TransferResult result = withStrengths(1e9, 1).evaluate(TRAINING, TEST);
    assertThat(result.l2()).isEqualTo(1);
    assertThat(result.validationAccuracy()).isGreaterThan(0.7);
    // And the last classifier has seen that part too.
    assertThat(result.test().toMap())
        .isEqualTo(LinearProbe.logistic().evaluate(TRAINING, TEST).toMap());
  }

  @Test
  void crossValidationTestsEveryRowOnce() {
    CrossValidation result = THREE.crossValidate(TRAINING);
    assertThat(result.folds()).hasSize(3);
    assertThat(result.folds()).extracting(fold -> fold.test().count()).containsOnly(30);
    assertThat(result.pooled().count()).isEqualTo(90);
    assertThat(result.accuracy()).isGreaterThan(0.7).isEqualTo(mean(result), within(1e-12));
    assertThat(result.pooled().perClass()).hasSize(3);
  }

  @Test
  void aFoldIsTestedOnWhatItsOthersTaught() {
    Folds parts = Folds.stratified(TRAINING.labels(), 3, 0);
    TransferResult first = withStrengths(1).crossValidate(TRAINING).folds().get(0);
    Embeddings others = TRAINING.select(parts.rows(part -> part != 0));
    Embeddings tested = TRAINING.select(parts.rows(part -> part == 0));
    assertThat(first.test().toMap())
        .isEqualTo(LinearProbe.logistic().evaluate(others, tested).toMap());
    Embeddings learned = TRAINING.select(parts.rows(part -> part == 2));
    Embeddings chose = TRAINING.select(parts.rows(part -> part == 1));
    assertThat(first.validationAccuracy())
        .isEqualTo(LinearProbe.logistic().evaluate(learned, chose).accuracy());
  }

  @Test
  void labelsDrawnAtRandomAreNotLearned() {
    Embeddings noise = Examples.clouds(300, 20, 0, 4);
    assertThat(withStrengths(100, 1, 0.01).crossValidate(noise).accuracy()).isBetween(0.2, 0.47);
  }

  @Test
  void givesTheSameResultTwice() {
    assertThat(THREE.crossValidate(TRAINING).toMap())
        .isEqualTo(THREE.crossValidate(TRAINING).toMap());
    Transfer other = new Transfer(THREE.probe(), THREE.strengths(), 3, 1);
    assertThat(other.crossValidate(TRAINING).folds().get(0).test().toMap())
        .isNotEqualTo(THREE.crossValidate(TRAINING).folds().get(0).test().toMap());
  }

  @Test
  void theRarestClassMayHaveThreeRows() {
    int[] labels = IntStream.range(0, 12).map(i -> i < 3 ? 0 : 1).toArray();
    Embeddings rows = Examples.of(List.of("rare", "common"), labels, clouds(labels));
    CrossValidation result =
        new Transfer(LogisticProbe.defaults(), List.of(1.0), 10, 5).crossValidate(rows);
    assertThat(result.accuracy()).isEqualTo(1);
  }

  @Test
  void namesItsMetricsForJson() {
    CrossValidation result = new CrossValidation(List.of(fold(3, 1, 0.5, 10), fold(1, 1, 0.25, 1)));
    assertThat(result.accuracy()).isEqualTo(0.625);
    assertThat(result.deviation()).isEqualTo(0.125);
    assertThat(result.toMap())
        .containsEntry("accuracy", 0.625)
        .containsEntry("accuracy_deviation", 0.125)
        .containsEntry("count", 6)
        .containsEntry("confusion", List.of(List.of(4, 2), List.of(0, 0)))
        .containsEntry(
            "folds",
            List.of(
                Map.of("accuracy", 0.75, "validation_accuracy", 0.5, "l2", 10.0, "count", 4),
                Map.of("accuracy", 0.5, "validation_accuracy", 0.25, "l2", 1.0, "count", 2)));
    assertThat(fold(3, 1, 0.5, 10).toMap())
        .containsEntry("accuracy", 0.75)
        .containsEntry("l2", 10.0)
        .containsEntry("validation_accuracy", 0.5);
  }

  @Test
  void sentEvalTakesFeaturesAsTheyAre() {
    Transfer transfer = Transfer.sentEval(0);
    assertThat(transfer.probe().standardise()).isFalse();
    assertThat(transfer.strengths()).startsWith(4.0).endsWith(1.0 / 32).hasSize(8);
    assertThat(transfer.folds()).isEqualTo(10);
    assertThat(Transfer.defaults(0).probe().standardise()).isTrue();
  }

  @Test
  void refusesRowsBeforeAnyWork() {
    Embeddings dog = Examples.of(List.of("dog"), new int[1], new float[4]);
    refuses(
        () -> THREE.evaluate(TRAINING, dog),
        "test rows: every class must occur in the training rows too, but dog does not");
    refuses(
        () -> THREE.evaluate(TRAINING, dog, TEST),
        "validation rows: every class must occur in the training rows too, but dog does not");
    Embeddings narrow = Examples.of(List.of("ant"), new int[1], new float[3]);
    refuses(
        () -> THREE.evaluate(TRAINING, VALIDATION, narrow),
        "training rows and test rows must be equally wide, were 4 and 3");
    refuses(
        () -> THREE.crossValidate(Examples.of(List.of("a"), new int[3], new float[3][2])),
        "rows: must have at least two classes, had only a");
    refuses(
        () -> THREE.crossValidate(ofClasses(0, 0, 0, 1, 1)),
        "rows: every class must have at least 3 rows, but b has 2; add rows or leave it out");
    refuses(
        () -> THREE.evaluate(ofClasses(0, 0, 0, 1), ofClasses(0)),
        "training rows: every class must have at least 2 rows, but b has 1");
    refuses(
        () -> Transfer.defaults(0).crossValidate(ofClasses(0, 0, 0, 1, 1, 1)),
        "rows: must be at least 10 to be divided into as many parts, were 6; add rows");
  }

  @Test
  void refusesSettingsOutOfRange() {
    LogisticProbe probe = LogisticProbe.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transfer(probe, List.of(), 3, 0))
        .withMessage("strengths must be one or more, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transfer(probe, List.of(1.0, 0.0), 3, 0))
        .withMessage("each of strengths must be finite and > 0, was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transfer(probe, List.of(1.0), 2, 0))
        .withMessage("folds must be >= 3 (to test, to validate, to train), was 2");
    assertThatIllegalArgumentException().isThrownBy(() -> new CrossValidation(List.of()));
  }

  private static void refuses(ThrowingCallable work, String message) {
    assertThatThrownBy(work).isInstanceOf(KindredException.class).hasMessageStartingWith(message);
  }

  private static Transfer withStrengths(double... strengths) {
    return new Transfer(LogisticProbe.defaults(), Arrays.stream(strengths).boxed().toList(), 3, 0);
  }

  private static TransferResult fold(int right, int wrong, double validation, double l2) {
    int[] predicted = new int[right + wrong];
    Arrays.fill(predicted, right, predicted.length, 1);
    return new TransferResult(
        Examples.classified(List.of("a", "b"), new int[right + wrong], predicted), l2, validation);
  }

  private static double mean(CrossValidation result) {
    return result.folds().stream().mapToDouble(fold -> fold.test().accuracy()).sum() / 3;
  }

  private static Embeddings ofClasses(int... labels) {
    return Examples.of(List.of("a", "b"), labels, clouds(labels));
  }

  /** Each class at its own place. */
  private static float[][] clouds(int[] labels) {
    return IntStream.range(0, labels.length)
        .mapToObj(i -> new float[] {10 * labels[i], i})
        .toArray(float[][]::new);
  }
}
