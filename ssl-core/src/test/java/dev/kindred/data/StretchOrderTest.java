package dev.kindred.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StretchOrderTest {
  @Property(tries = 100)
  void everyEpochIsAPermutation(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 48) int batch,
      @ForAll @IntRange(max = 150) int more,
      @ForAll @IntRange(min = 1, max = 9) int stretches,
      @ForAll @IntRange(min = 1, max = 100) int buffer,
      @ForAll @IntRange(max = 9) int epoch) {
    int size = batch + more;
    int[] order =
        new BatchPlan(size, batch, seed).stretched(epoch, stretches(size, stretches, buffer));

    assertThat(IntStream.of(order).sorted()).containsExactlyElementsOf(all(size));
  }

  @Property(tries = 50)
  void beginningInTheMiddleGivesTheSameBatches(
      @ForAll long seed, @ForAll @IntRange(max = 40) int start) {
    BatchPlan plan = new BatchPlan(101, 12, seed);
    Iterator<int[]> whole = plan.from(0, stretches(101, 7, 20));
    for (int i = 0; i < start; i++) {
      whole.next();
    }
    Iterator<int[]> late = plan.from(start, stretches(101, 7, 20));
    for (int i = 0; i < 20; i++) {
      assertThat(late.next()).isEqualTo(whole.next());
    }
  }

  @Property(tries = 100)
  void noExampleComesMoreThanABufferEarlyInItsLane(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int stretches,
      @ForAll @IntRange(min = 1, max = 300) int buffer) {
    int size = 400;
    int batch = 16;
    int[] order = new BatchPlan(size, batch, seed).stretched(0, stretches(size, stretches, buffer));
    // The same draws through a buffer of one: the lanes unshuffled.
    int[] stored = new BatchPlan(size, batch, seed).stretched(0, stretches(size, stretches, 1));
    int most = Math.max(1, buffer / 16);

    for (int lane = 0; lane < 16; lane++) {
      Map<Integer, Integer> places = places(stored, lane);
      Map<Integer, Integer> drawn = places(order, lane);
      assertThat(drawn.keySet()).isEqualTo(places.keySet());
      drawn.forEach(
          (example, place) ->
              assertThat(Objects.requireNonNull(places.get(example)) - place).isLessThan(most));
    }
  }

  private static Map<Integer, Integer> places(int[] order, int lane) {
    Map<Integer, Integer> places = new HashMap<>();
    for (int batch = 0; batch < order.length / 16; batch++) {
      places.put(order[batch * 16 + lane], batch);
    }
    return places;
  }

  @Property(tries = 10)
  void workersReadDisjointPartsAndFewShards(
      @ForAll long seed, @ForAll @IntRange(max = 4) int power) {
    int workers = 1 << power;
    int shards = 32;
    int batch = 64;
    BatchPlan plan = new BatchPlan(640, batch, seed);
    Iterator<int[]> batches = plan.from(0, stretches(640, shards, 64));
    List<Set<Integer>> read =
        IntStream.range(0, workers).mapToObj(w -> (Set<Integer>) new HashSet<Integer>()).toList();
    List<Set<Integer>> touched =
        IntStream.range(0, workers).mapToObj(w -> (Set<Integer>) new HashSet<Integer>()).toList();
    for (int step = 0; step < plan.batchesPerEpoch(); step++) {
      int[] rows = batches.next();
      for (int row = 0; row < batch; row++) {
        int worker = row * workers / batch;
        assertThat(read.get(worker).add(rows[row])).isTrue();
        touched.get(worker).add(rows[row] / 20);
      }
    }

    for (Set<Integer> one : read) {
      read.stream()
          .filter(other -> other != one)
          .forEach(other -> assertThat(one).doesNotContainAnyElementsOf(other));
    }
    assertThat(touched).allSatisfy(some -> assertThat(some).hasSize(shards / workers));
  }

  @Test
  void lanesAreAsManyAsDivideTheBatch() {
    assertThat(StretchOrder.lanes(256)).isEqualTo(16);
    assertThat(StretchOrder.lanes(24)).isEqualTo(8);
    assertThat(StretchOrder.lanes(7)).isEqualTo(1);
    assertThat(StretchOrder.lanes(1)).isEqualTo(1);
  }

  @Test
  void shardsAreMixedByEpochAndSeed() {
    BatchPlan plan = new BatchPlan(1000, 10, 1);
    BatchPlan.Stretches stretches = stretches(1000, 20, 1);

    assertThat(plan.stretched(0, stretches)).isNotEqualTo(plan.stretched(1, stretches));
    assertThat(plan.stretched(0, stretches))
        .isNotEqualTo(new BatchPlan(1000, 10, 2).stretched(0, stretches));
    assertThat(plan.stretched(1, stretches)).isEqualTo(plan.stretched(1, stretches));
  }

  @Test
  void aBufferOfEverythingIsAFairShuffle() {
    int[] first = new int[10];
    SplittableRandom random = new SplittableRandom(4);
    for (int draw = 0; draw < 2000; draw++) {
      first[new StretchOrder(1, new int[] {0}, 10).of(10, random)[0]]++;
    }
    assertThat(Arrays.stream(first)).allMatch(count -> count > 140 && count < 260);
  }

  @Test
  void whatIsNoSequenceOfStretchesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new BatchPlan(10, 2, 0).from(0, new BatchPlan.Stretches(new int[] {0, 10}, 4)))
        .withMessage("stretches must be ascending and < 10, was 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchPlan.Stretches(new int[] {0}, 0))
        .withMessage("shuffle buffer must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchPlan.Stretches(new int[] {1}, 1))
        .withMessageStartingWith("stretches must be from 0 on");
  }

  private static BatchPlan.Stretches stretches(int size, int count, int buffer) {
    int[] firsts =
        IntStream.range(0, count).map(i -> (int) ((long) i * size / count)).distinct().toArray();
    return new BatchPlan.Stretches(firsts, buffer);
  }

  private static List<Integer> all(int size) {
    return IntStream.range(0, size).boxed().toList();
  }
}
