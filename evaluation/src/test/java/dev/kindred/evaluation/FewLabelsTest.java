package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FewLabelsTest {
  private static final Embeddings TRAIN = Examples.clouds(300, 5, 3, 0);
  private static final Embeddings TEST = Examples.clouds(90, 5, 3, 1);

  /** What the classifier was given, each time. */
  private final List<Embeddings> given = new ArrayList<>();

  private Classification remember(Embeddings training, Embeddings test) {
    given.add(training);
    return LinearProbe.logistic().evaluate(training, test);
  }

  @Test
  void drawsSoManyOfEachClass() {
    Repeated result =
        new FewLabels(LabelBudget.shots(4), 3, 7).evaluate(this::remember, TRAIN, TEST);

    assertThat(given).hasSize(3).allSatisfy(rows -> assertThat(counts(rows)).containsOnly(4));
    assertThat(given.get(0).ids()).isNotEqualTo(given.get(1).ids()).doesNotHaveDuplicates();
    assertThat(result.trainCount()).isEqualTo(12);
    assertThat(result.runs()).hasSize(3);
  }

  @Test
  void drawsTheSameShareOfEachClassAndAtLeastOne() {
    new FewLabels(LabelBudget.share(0.1), 2, 0).evaluate(this::remember, TRAIN, TEST);
    long[] all = counts(TRAIN);
    assertThat(counts(given.get(0)))
        .containsExactly(Arrays.stream(all).map(count -> Math.round(0.1 * count)).toArray());

    new FewLabels(LabelBudget.share(1e-6), 2, 0).evaluate(this::remember, TRAIN, TEST);
    assertThat(counts(given.get(2))).containsOnly(1);
  }

  @Test
  void sameSeedSameDraws() {
    FewLabels few = FewLabels.of(LabelBudget.shots(2));
    assertThat(few.evaluate(Knn.defaults(), TRAIN, TEST).toMap())
        .isEqualTo(few.evaluate(Knn.defaults(), TRAIN, TEST).toMap());
  }

  @Test
  void moreLabelsAreBetter() {
    double few =
        FewLabels.of(LabelBudget.shots(1))
            .evaluate(LinearProbe.logistic(), TRAIN, TEST)
            .mean("accuracy");
    double many =
        FewLabels.of(LabelBudget.shots(40))
            .evaluate(LinearProbe.logistic(), TRAIN, TEST)
            .mean("accuracy");
    assertThat(many).isGreaterThan(few + 0.05);
  }

  /** Of .5, .6 and .7 the deviation is .1, and Student's t of two degrees at .975 is 4.3027. */
  @Test
  void theIntervalIsStudents() {
    Repeated three = new Repeated(List.of(ofTen(5), ofTen(6), ofTen(7)), 3);

    assertThat(three.mean("accuracy")).isCloseTo(0.6, within(1e-12));
    assertThat(three.deviation("accuracy")).isCloseTo(0.1, within(1e-12));
    assertThat(three.interval("accuracy").high())
        .isCloseTo(0.6 + 4.30265 * 0.1 / Math.sqrt(3), within(1e-5));
    assertThat(three.toMap()).containsEntry("repeats", 3).containsEntry("train_count", 3);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    Embeddings two = Examples.of(List.of("a", "b"), new int[] {0, 1, 1}, new float[3][1]);
    assertThatThrownBy(() -> FewLabels.of(LabelBudget.shots(2)).evaluate(Knn.defaults(), two, two))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "training rows: every class must have 2 rows to draw from, but a has 1; add rows or ask for fewer shots");
    assertThatIllegalArgumentException().isThrownBy(() -> LabelBudget.share(0));
    assertThatIllegalArgumentException().isThrownBy(() -> LabelBudget.share(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> LabelBudget.shots(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FewLabels(LabelBudget.shots(1), 1, 0));
  }

  private static Classification ofTen(int right) {
    int[] predicted = new int[10];
    Arrays.fill(predicted, right, 10, 1);
    return Examples.classified(Examples.ABC, new int[10], predicted);
  }

  private static long[] counts(Embeddings rows) {
    long[] counts = new long[3];
    Arrays.stream(rows.labels()).forEach(label -> counts[label]++);
    return counts;
  }
}
