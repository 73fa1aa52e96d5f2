package dev.kindred.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void namesAtMostThreeDifferentTexts() {
    assertThat(Columns.of("a", "b", "c").labelled("a")).hasToString("a, b, c; label a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Columns.of("a", "b", "c", "d"))
        .withMessage("columns must be at most three: anchor, positive, negative, was [a, b, c, d]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Columns.of("a", "a"))
        .withMessage("columns must be different, was [a, a]");
  }

  @Test
  void aLabelAloneIsNoExample() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Columns.none().labelled("score"))
        .withMessage("columns must be named beside the label score, was none");
  }

  @Test
  void scoresAreALabelThatSaysSo() {
    assertThat(Columns.of("a", "b").graded("score")).hasToString("a, b; score score");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Columns(java.util.List.of("a"), java.util.Optional.empty(), true))
        .withMessage("columns must be labelled to be graded, was [a]");
  }
}
