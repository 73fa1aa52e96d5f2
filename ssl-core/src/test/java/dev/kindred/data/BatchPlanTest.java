package dev.kindred.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Iterator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
  @Property(tries = 50)
  void everyEpochIsAPermutation(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll @IntRange(min = 0, max = 9) int epoch) {
    int[] order = new BatchPlan(size, 1, seed).order(epoch);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(java.util.stream.IntStream.range(0, size).toArray());
  }

  @Property(tries = 50)
  void beginningInTheMiddleGivesTheSameBatches(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int start) {
    BatchPlan plan = new BatchPlan(23, 5, seed);
    Iterator<int[]> whole = plan.from(0);
    for (int i = 0; i < start; i++) {
      whole.next();
    }
    Iterator<int[]> late = plan.from(start);
    for (int i = 0; i < 9; i++) {
      assertThat(late.next()).isEqualTo(whole.next());
    }
  }

  @Test
  void anEpochHasWholeBatchesOnlyAndNoExampleTwice() {
    BatchPlan plan = new BatchPlan(23, 5, 1);
    assertThat(plan.batchesPerEpoch()).isEqualTo(4);
    Iterator<int[]> batches = plan.from(0);
    int[] first =
        java.util.stream.Stream.generate(batches::next)
            .limit(4)
            .flatMapToInt(Arrays::stream)
            .toArray();
    assertThat(first).hasSize(20).doesNotHaveDuplicates();
    assertThat(plan.epoch(3)).isZero();
    assertThat(plan.epoch(4)).isEqualTo(1);
  }

  @Test
  void epochsAndSeedsShuffleDifferently() {
    BatchPlan plan = new BatchPlan(100, 10, 1);
    assertThat(plan.order(0)).isNotEqualTo(plan.order(1));
    assertThat(plan.order(0)).isNotEqualTo(new BatchPlan(100, 10, 2).order(0));
  }

  @Test
  void aBatchLargerThanTheSetIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchPlan(10, 11, 0))
        .withMessage(
            "batch size must be at most the number of examples, was 11 for 10 examples; use a"
                + " smaller batch or more data");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchPlan(10, 0, 0))
        .withMessage("batch size must be >= 1, was 0");
  }
}
