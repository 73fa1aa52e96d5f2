package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.evaluation.Classification.ClassAccuracy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final Classification RESULT =
      Classification.of(Examples.ABC, new int[] {0, 0, 0, 0, 1}, new int[] {0, 0, 0, 1, 2});

  @Test
  void countsRightOnes() {
    assertThat(RESULT.accuracy()).isEqualTo(0.6);
    assertThat(RESULT.count()).isEqualTo(5);
    assertThat(RESULT.confusion()).isDeepEqualTo(new int[][] {{3, 1, 0}, {0, 0, 1}, {0, 0, 0}});
  }

  @Test
  void leavesClassesWithoutExamplesOutOfTheMean() {
    assertThat(RESULT.perClass())
        .containsExactly(new ClassAccuracy("ant", 0.75, 4), new ClassAccuracy("bee", 0, 1));
    assertThat(RESULT.macroAccuracy()).isCloseTo(0.375, within(1e-12));
  }

  @Test
  void weighsWhatItFoundAgainstWhatItTookForIt() {
    // Of ant: 3 of 4 found, 3 of 3 right. Of bee: none of 1, none of 1. Of cow: none, 1 wrong.
    assertThat(RESULT.f1("ant")).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(RESULT.f1("bee")).isZero();
    assertThat(RESULT.f1("cow")).isZero();
    assertThat(Classification.of(Examples.ABC, new int[1], new int[1]).f1("cow")).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RESULT.f1("bea"))
        .withMessage("unknown class \"bea\"; did you mean bee? known: ant, bee, cow");
  }

  @Test
  void addsUp() {
    assertThat(RESULT.plus(RESULT).confusion())
        .isDeepEqualTo(new int[][] {{6, 2, 0}, {0, 0, 2}, {0, 0, 0}});
    assertThat(RESULT.count()).isEqualTo(5);
  }

  @Test
  void namesItsMetricsForJson() {
    Map<String, Object> map = RESULT.toMap();
    assertThat(map)
        .containsEntry("accuracy", 0.6)
        .containsEntry("macro_accuracy", 0.375)
        .containsEntry("count", 5L)
        .containsEntry("classes", Examples.ABC)
        .containsEntry(
            "per_class",
            Map.of(
                "ant", Map.of("accuracy", 0.75, "count", 4),
                "bee", Map.of("accuracy", 0.0, "count", 1)))
        .containsEntry("confusion", List.of(List.of(3, 1, 0), List.of(0, 0, 1), List.of(0, 0, 0)));
  }

  @Test
  void refusesCountsThatDoNotFit() {
    List<String> two = List.of("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Classification(two, new int[][] {{1, 0}}))
        .withMessage("confusion must be [2, 2] like the class names");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Classification(two, new int[][] {{1, 0}, {-1, 2}}))
        .withMessage("confusion must hold counts >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Classification(two, new int[2][2]))
        .withMessage("confusion must count at least one example, was all 0");
  }
}
