package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.evaluation.Classification.ClassAccuracy;
import dev.kindred.evaluation.Classification.Confusion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final Classification RESULT =
      Examples.classified(Examples.ABC, new int[] {0, 0, 0, 0, 1}, new int[] {0, 0, 0, 1, 2});

  @Test
  void countsRightOnes() {
    assertThat(RESULT.accuracy()).isEqualTo(0.6);
    assertThat(RESULT.count()).isEqualTo(5);
    assertThat(RESULT.confusion()).isDeepEqualTo(new int[][] {{3, 1, 0}, {0, 0, 1}, {0, 0, 0}});
  }

  @Test
  void leavesClassesWithoutExamplesOutOfTheMean() {
    assertThat(RESULT.perClass())
        .containsExactly(
            new ClassAccuracy("ant", 0.75, 1, 6.0 / 7, 4), new ClassAccuracy("bee", 0, 0, 0, 1));
    assertThat(RESULT.macroAccuracy()).isCloseTo(0.375, within(1e-12));
  }

  @Test
  void weighsWhatItFoundAgainstWhatItTookForIt() {
    // Of ant: 3 of 4 found, 3 of 3 right. Of bee: none of 1, none of 1. Of cow: none, 1 wrong.
    assertThat(RESULT.f1("ant")).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(RESULT.f1("bee")).isZero();
    assertThat(RESULT.f1("cow")).isZero();
    assertThat(Examples.classified(Examples.ABC, new int[1], new int[1]).f1("cow")).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RESULT.f1("bea"))
        .withMessage("unknown class \"bea\"; did you mean bee? known: ant, bee, cow");
  }

  @Test
  void theMeanF1CountsWhatOccursOrIsPredicted() {
    // ant 6/7, bee 0, cow 0: the last is predicted once.
    assertThat(RESULT.macroF1()).isCloseTo(2.0 / 7, within(1e-12));
    // Here cow is neither, and ant and bee are 2/3 and 0.
    assertThat(Examples.classified(Examples.ABC, new int[] {0, 0}, new int[] {0, 1}).macroF1())
        .isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void theRightClassMayBeAmongTheFiveFirst() {
    List<String> seven = List.of("a", "b", "c", "d", "e", "f", "g");
    int[] truth = {0, 0, 0};
    int[][] ranked = {{0, 1, 2, 3, 4}, {1, 2, 3, 4, 0}, {1, 2, 3, 4, 5}};
    Classification result = new Classification(seven, Examples.ids(3), truth, ranked);

    assertThat(result.accuracy()).isEqualTo(1.0 / 3);
    assertThat(result.top5Accuracy()).isEqualTo(2.0 / 3);
    assertThat(result.metrics()).containsEntry("top5_accuracy", 2.0 / 3);
    assertThat(RESULT.metrics()).as("of three classes").doesNotContainKey("top5_accuracy");
    assertThatIllegalStateException()
        .isThrownBy(RESULT::top5Accuracy)
        .withMessage("top-5 accuracy needs 3 classes ranked for every example");
  }

  @Test
  void namesTheWorstConfusionsFirst() {
    Classification result =
        Examples.classified(
            Examples.ABC, new int[] {0, 1, 2, 2, 1, 0}, new int[] {1, 0, 0, 0, 1, 0});

    assertThat(result.confusions())
        .containsExactly(
            new Confusion(2, 0, List.of(2, 3)),
            new Confusion(0, 1, List.of(0)),
            new Confusion(1, 0, List.of(1)));
  }

  /** A share of n draws has the deviation sqrt(p (1 - p) / n), and 95 % lie within 1.96 of it. */
  @Test
  void anIntervalIsAsWideAsChanceIs() {
    int[] predicted = new int[2000];
    Arrays.fill(predicted, 0, 600, 1);
    Classification result = Examples.classified(Examples.ABC, new int[predicted.length], predicted);

    Interval interval =
        Objects.requireNonNull(result.intervals(Bootstrap.defaults()).get("accuracy"));

    double deviation = Math.sqrt(0.7 * 0.3 / 2000);
    assertThat(interval.low()).isCloseTo(0.7 - 1.96 * deviation, within(0.002));
    assertThat(interval.high()).isCloseTo(0.7 + 1.96 * deviation, within(0.002));
    assertThat(result.intervals(Bootstrap.defaults()))
        .isEqualTo(result.intervals(Bootstrap.defaults()));
  }

  @Test
  void nothingMovesWhatIsAlwaysRight() {
    assertThat(
            Examples.classified(Examples.ABC, new int[9], new int[9])
                .intervals(new Bootstrap(50, 0.9, 1)))
        .containsEntry("accuracy", new Interval(1, 1));
  }

  /** Counted another way: pairs of truth and prediction, one by one. */
  @Property(tries = 200)
  void agreesWithCounting(@ForAll long seed) {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(30);
    int[] truth = random.ints(count, 0, 3).toArray();
    int[] predicted = random.ints(count, 0, 3).toArray();
    Classification result = Examples.classified(Examples.ABC, truth, predicted);

    double f1 = 0;
    int occurring = 0;
    for (int c = 0; c < 3; c++) {
      int of = c;
      double both = count(count, i -> truth[i] == of && predicted[i] == of);
      double either = count(count, i -> truth[i] == of) + count(count, i -> predicted[i] == of);
      f1 += either == 0 ? 0 : 2 * both / either;
      occurring += either == 0 ? 0 : 1;
    }
    assertThat(result.macroF1()).isCloseTo(f1 / occurring, within(1e-12));
    assertThat(result.accuracy())
        .isCloseTo(count(count, i -> truth[i] == predicted[i]) / count, within(1e-12));
  }

  private static double count(int count, java.util.function.IntPredicate wanted) {
    return IntStream.range(0, count).filter(wanted).count();
  }

  @Test
  void addsUp() {
    assertThat(RESULT.plus(RESULT).confusion())
        .isDeepEqualTo(new int[][] {{6, 2, 0}, {0, 0, 2}, {0, 0, 0}});
    assertThat(RESULT.count()).isEqualTo(5);
  }

  @Test
  void namesItsMetricsForJson() {
    assertThat(RESULT.toMap())
        .containsEntry("accuracy", 0.6)
        .containsKey("accuracy_interval")
        .containsEntry("macro_accuracy", 0.375)
        .containsEntry("count", 5)
        .containsEntry("classes", Examples.ABC)
        .containsEntry(
            "per_class",
            Map.of(
                "ant", Map.of("accuracy", 0.75, "precision", 1.0, "f1", 6.0 / 7, "count", 4),
                "bee", Map.of("accuracy", 0.0, "precision", 0.0, "f1", 0.0, "count", 1)))
        .containsEntry("confusion", List.of(List.of(3, 1, 0), List.of(0, 0, 1), List.of(0, 0, 0)));
  }

  @Test
  void refusesWhatDoesNotFit() {
    List<String> two = List.of("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Examples.classified(two, new int[] {0}, new int[] {2}))
        .withMessage("row0: classes must be one or more of 0 to 1, were 0 and [2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Examples.classified(two, new int[] {-1}, new int[] {1}))
        .withMessage("row0: classes must be one or more of 0 to 1, were -1 and [1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Examples.classified(two, new int[0], new int[0]))
        .withMessage("ids, truth and ranked must be equally many and not none, were 0, 0 and 0");
  }
}
