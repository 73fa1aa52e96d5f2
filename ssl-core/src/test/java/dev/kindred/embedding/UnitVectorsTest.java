package dev.kindred.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitVectorsTest {
  @Test
  void theDirectionStaysAndTheLengthIsOne() {
    assertThat(UnitVectors.of(new float[] {3, 0, -4})).containsExactly(0.6f, 0, -0.8f);
  }

  @Test
  void neitherTinyNorHugeNumbersAreLost() {
    assertThat(UnitVectors.of(new float[] {0x3p-99f, 0x4p-99f})).containsExactly(0.6f, 0.8f);
    assertThat(UnitVectors.of(new float[] {0x3p99f, 0x4p99f})).containsExactly(0.6f, 0.8f);
  }

  @Test
  void aZeroVectorStaysZero() {
    assertThat(UnitVectors.of(new float[2])).containsExactly(0, 0);
  }

  @Test
  void whatWasGivenIsLeftAsItIs() {
    float[] vector = {3, 4};
    assertThat(UnitVectors.of(vector)).isNotSameAs(vector);
    assertThat(vector).containsExactly(3, 4);
  }
}
