package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FoldsTest {
  @Property(tries = 200)
  void areAPartition(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int size,
      @ForAll @IntRange(min = 1, max = 12) int count) {
    Folds folds = Folds.stratified(classes(seed, size), count, seed);
    int[] together =
        IntStream.range(0, count)
            .flatMap(fold -> Arrays.stream(folds.rows(part -> part == fold)))
            .sorted()
            .toArray();
    assertThat(together).isEqualTo(IntStream.range(0, size).toArray());
  }

  @Property(tries = 200)
  void areAlikeInSizeAndInEachClass(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int size,
      @ForAll @IntRange(min = 1, max = 12) int count) {
    int[] classes = classes(seed, size);
    Folds folds = Folds.stratified(classes, count, seed);
    assertAlike(count, fold -> folds.rows(part -> part == fold).length);
    for (int c = 0; c < 4; c++) {
      int one = c;
      assertAlike(
          count,
          fold ->
              (int)
                  Arrays.stream(folds.rows(part -> part == fold))
                      .filter(row -> classes[row] == one)
                      .count());
    }
  }

  @Test
  void dependOnTheSeedAlone() {
    int[] classes = classes(1, 100);
    int[] folds = Folds.stratified(classes, 10, 7).foldOf();
    assertThat(Folds.stratified(classes, 10, 7).foldOf()).isEqualTo(folds);
    assertThat(Folds.stratified(classes, 10, 8).foldOf()).isNotEqualTo(folds);
  }

  private static void assertAlike(int count, IntUnaryOperator sizeOf) {
    int[] sizes = IntStream.range(0, count).map(sizeOf).sorted().toArray();
    assertThat(sizes[count - 1] - sizes[0]).isLessThanOrEqualTo(1);
  }

  private static int[] classes(long seed, int size) {
    Random random = new Random(seed);
    // Class 3 is rare.
    return random.ints(size, 0, 10).map(value -> value == 9 ? 3 : value % 3).toArray();
  }
}
