package dev.kindred.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
  @Test
  void classesAreInTheOrderOfTheirNames() {
    Embeddings rows =
        Embeddings.labelled(List.of("1", "2", "3"), List.of("dog", "cat", "dog"), new float[3][2]);

    assertThat(rows.classNames()).containsExactly("cat", "dog");
    assertThat(rows.labels()).containsExactly(1, 0, 1);
    assertThat(rows.labelled()).isTrue();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embeddings.of(List.of("a", "a"), new float[2][1]))
        .withMessage("ids must be unique, but a occurs twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embeddings.of(List.of("a"), new float[][] {{Float.NaN}}))
        .withMessage("vectors must be finite, but a holds NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embeddings.of(List.of("a", "b"), new float[][] {{1}, {1, 2}}))
        .withMessage("every vector must be 1 wide like the first, but b has 2 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embeddings.labelled(List.of("a"), List.of("x", "y"), new float[1][1]))
        .withMessage("ids, labels and vectors must be equally many, were 1, 2 and 1");
  }
}
