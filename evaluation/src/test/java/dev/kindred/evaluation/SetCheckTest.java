package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.embedding.Embeddings;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetCheckTest {
  private static final Embeddings CLEAN = Examples.clouds(20, 4, 1, 0);

  @Test
  void saysNothingOfSetsThatAreApart() {
    assertThat(SetCheck.warnings(CLEAN, Examples.clouds(20, 4, 1, 1))).isEmpty();
  }

  @Test
  void countsTestRowsThatWereLearned() {
    float[][] rows = {{9, 9, 9, 9}, CLEAN.vectors()[3].clone(), CLEAN.vectors()[5].clone()};

    assertThat(SetCheck.warnings(CLEAN, Embeddings.of(List.of("x", "y", "z"), rows)))
        .containsExactly(
            "2 of 3 test rows equal a training row in every digit: the sets overlap, or different examples have one representation; the numbers flatter (the first: y is row3)");
  }

  @Test
  void namesZeroVectors() {
    float[][] rows = {{1, 0, 0, 0}, new float[4]};

    assertThat(SetCheck.warnings(CLEAN, Embeddings.of(List.of("x", "y"), rows)))
        .containsExactly(
            "1 of 2 test rows are all zero, and so their cosine counts as 0 with any row; the first is y");
  }
}
