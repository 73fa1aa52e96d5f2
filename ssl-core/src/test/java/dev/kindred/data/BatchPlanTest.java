package dev.kindred.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
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

  @Property(tries = 50)
  void dataWithoutKeysAreInTheOrderTheyWereAlwaysIn(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int start) {
    BatchPlan plan = new BatchPlan(23, 5, seed);
    assertThat(take(plan.from(start, i -> Dataset.NO_KEYS), 9))
        .isDeepEqualTo(take(plan.from(start), 9));
    assertThat(take(plan.from(start, i -> new long[] {i}), 9))
        .isDeepEqualTo(take(plan.from(start), 9));
  }

  @Property(tries = 100)
  void equalExamplesAreApartWhereThatIsEasy(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 9) int epoch) {
    IntFunction<long[]> threeOfEach = i -> new long[] {i / 3};
    DistinctBatches distinct = new BatchPlan(120, 10, seed).distinct(epoch, threeOfEach);
    assertThat(distinct.alike()).isZero();
    assertThat(counted(distinct.order(), 10, threeOfEach)).isZero();
    assertThat(distinct.order()).doesNotHaveDuplicates().hasSize(120);
  }

  @Property(tries = 100)
  void anyKeyOfSeveralKeepsExamplesApart(@ForAll long seed) {
    IntFunction<long[]> anchorAndPositive = i -> new long[] {i / 2, -1 - i / 5};
    DistinctBatches distinct = new BatchPlan(100, 8, seed).distinct(0, anchorAndPositive);
    assertThat(counted(distinct.order(), 8, anchorAndPositive)).isZero();
  }

  @Property(tries = 100)
  void everyExampleStaysInTheEpochHoweverAlikeTheDataAre(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 8) int batchSize,
      @ForAll @IntRange(min = 1, max = 60) int texts) {
    IntFunction<long[]> keys = i -> new long[] {i % texts};
    BatchPlan plan = new BatchPlan(size, Math.min(size, batchSize), seed);
    DistinctBatches distinct = plan.distinct(0, keys);
    assertThat(distinct.order()).doesNotHaveDuplicates().hasSize(size);
    assertThat(distinct.alike()).isEqualTo(counted(distinct.order(), plan.batchSize(), keys));
  }

  @Property(tries = 50)
  void beginningInTheMiddleGivesTheSameDistinctBatches(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int start) {
    BatchPlan plan = new BatchPlan(23, 5, seed);
    IntFunction<long[]> pairs = i -> new long[] {i / 2};
    int[][] whole = take(plan.from(0, pairs), start + 9);
    assertThat(take(plan.from(start, pairs), 9))
        .isDeepEqualTo(Arrays.copyOfRange(whole, start, start + 9));
  }

  @Test
  void anEpochOfEqualExamplesEndsAndCountsThem() {
    DistinctBatches distinct = new BatchPlan(1000, 100, 3).distinct(0, i -> new long[] {7});
    assertThat(distinct.alike()).isEqualTo(10 * 99);
    assertThat(distinct.order()).isEqualTo(new BatchPlan(1000, 100, 3).order(0));
  }

  @Test
  void aSubsetHasTheKeysOfItsExamples() {
    Dataset<String> whole = new Words("a", "b", "a");
    assertThat(whole.subset(new int[] {2, 1}).keys(0)).isEqualTo(whole.keys(0));
    assertThat(whole.subset(new int[] {2, 1}).keys(1)).isEqualTo(whole.keys(1));
  }

  private static int[][] take(Iterator<int[]> batches, int count) {
    return java.util.stream.Stream.generate(batches::next).limit(count).toArray(int[][]::new);
  }

  /** How many examples share a key with one before them in their batch. */
  private static int counted(int[] order, int batchSize, IntFunction<long[]> keys) {
    int alike = 0;
    for (int first = 0; first + batchSize <= order.length; first += batchSize) {
      for (int i = first; i < first + batchSize; i++) {
        int[] before = Arrays.copyOfRange(order, first, i);
        long[] mine = keys.apply(order[i]);
        alike +=
            Arrays.stream(before)
                    .flatMap(j -> Arrays.stream(keys.apply(j)).mapToInt(Math::toIntExact))
                    .anyMatch(key -> Arrays.stream(mine).anyMatch(own -> own == key))
                ? 1
                : 0;
      }
    }
    return alike;
  }

  /** Words whose keys are their hashes. */
  private record Words(List<String> words) implements Dataset<String> {
    Words(String... words) {
      this(List.of(words));
    }

    @Override
    public int size() {
      return words.size();
    }

    @Override
    public String get(int index) {
      return words.get(index);
    }

    @Override
    public String id(int index) {
      return String.valueOf(index);
    }

    @Override
    public int label(int index) {
      return NO_LABEL;
    }

    @Override
    public long[] keys(int index) {
      return new long[] {get(index).hashCode()};
    }

    @Override
    public List<String> classNames() {
      return List.of();
    }

    @Override
    public String description() {
      return "words";
    }

    @Override
    public void close() {}
  }
}
