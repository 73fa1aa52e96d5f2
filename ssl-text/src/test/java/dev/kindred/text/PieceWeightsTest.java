package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceWeightsTest {
  private static final ToyTokenizer FRAMED = new ToyTokenizer(true);
  private static final List<String> TEXTS = List.of("aa b", "a c", "ab", "a");

  @Test
  void aPieceWeighsTheLogarithmOfTextsOverTextsThatHaveIt() {
    float[] values = PieceWeights.inverseDocumentFrequency(FRAMED, TEXTS.iterator(), 1).values();
    assertThat(values).hasSize(FRAMED.size());
    assertThat(values[ToyTokenizer.id('a')]).isZero();
    assertThat(values[ToyTokenizer.id('b')]).isCloseTo((float) Math.log(5 / 3.0), within(1e-6f));
    assertThat(values[ToyTokenizer.id('c')]).isCloseTo((float) Math.log(5 / 2.0), within(1e-6f));
    assertThat(values[ToyTokenizer.id('z')]).isCloseTo((float) Math.log(5), within(1e-6f));
    assertThat(values[ToyTokenizer.CLASS]).isZero();
    assertThat(values[ToyTokenizer.END]).isZero();
  }

  @Test
  void aPowerFlattensOrSharpens() {
    float[] root = PieceWeights.inverseDocumentFrequency(FRAMED, TEXTS.iterator(), 0.5).values();
    assertThat(root[ToyTokenizer.id('c')])
        .isCloseTo((float) Math.sqrt(Math.log(5 / 2.0)), within(1e-6f));
  }

  @Test
  void equalWeightsAreOnes() {
    assertThat(PieceWeights.equal(FRAMED).values()).hasSize(FRAMED.size()).containsOnly(1f);
  }

  @Test
  void withoutATextThereIsNoFrequency() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PieceWeights.inverseDocumentFrequency(FRAMED, Collections.emptyIterator(), 1))
        .withMessage("the number of texts must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PieceWeights.inverseDocumentFrequency(FRAMED, TEXTS.iterator(), 0))
        .withMessage("power must be finite and > 0, was 0.0");
  }
}
