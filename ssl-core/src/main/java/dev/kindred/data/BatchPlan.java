package dev.kindred.data;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which examples are in which batch, as a pure function of the step: every epoch is its own seeded
 * shuffle of all examples, cut into whole batches; the rest of the last one is dropped for this
 * epoch.
 *
 * @param size the number of examples
 * @param batchSize the number of examples in a batch, at least 1 and at most {@code size}
 * @param seed what every shuffle derives from, together with the epoch
 */
public record BatchPlan(int size, int batchSize, long seed) {
  private static final Logger LOG = LoggerFactory.getLogger(BatchPlan.class);
  private static final long EPOCH_STRIDE = 0x9E3779B97F4A7C15L;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the batch is empty or larger than the set
   */
  public BatchPlan {
    Require.atLeastOne("batch size", batchSize);
    if (batchSize > size) {
      throw new IllegalArgumentException(
          "batch size must be at most the number of examples, was %d for %d examples; use a smaller"
                  .formatted(batchSize, size)
              + " batch or more data");
    }
  }

  /** The number of batches in an epoch. */
  public int batchesPerEpoch() {
    return size / batchSize;
  }

  /** The epoch that {@code step} belongs to; both count from 0. */
  public int epoch(long step) {
    return Math.toIntExact(step / batchesPerEpoch());
  }

  /** The batches of all steps from {@code step} on, without end. */
  public Iterator<int[]> from(long step) {
    return batches(step, this::order);
  }

  /**
   * As {@link #from(long)}, but no two examples of a batch share a key: one that would is exchanged
   * with an example elsewhere in the epoch. Epochs in which none would are those of {@link
   * #from(long)}. Where the data are too much alike for that, the rest stay where they are, and a
   * warning says how many, once.
   *
   * @param keys the {@link Dataset#keys} of each example
   */
  public Iterator<int[]> from(long step, IntFunction<long[]> keys) {
    AtomicBoolean warned = new AtomicBoolean();
    return batches(
        step,
        epoch -> {
          DistinctBatches distinct = distinct(epoch, keys);
          if (distinct.alike() > 0 && !warned.getAndSet(true)) {
            LOG.warn(
                "epoch {}: {} of {} examples are in a batch with one that says the same, which counts"
                    + " as their negative there; use a smaller batch, or data with fewer duplicates",
                epoch + 1,
                distinct.alike(),
                size);
          }
          return distinct.order();
        });
  }

  /**
   * Examples of one group that are drawn into a batch together, so that they are each other's
   * negatives, and what a group has in common tells none of them from the others.
   *
   * @param count how many of a group are drawn together, {@code >= 2}; a batch is a multiple of it
   * @param groups the {@link Dataset#group} of each example
   */
  public record Together(int count, IntUnaryOperator groups) {
    /** Checks the count. */
    public Together {
      Require.that(count >= 2, "examples drawn together", ">= 2", count);
    }
  }

  /**
   * As {@link #from(long)}, but every batch is made of runs of examples of one group. What is left
   * of a group when it is cut into runs, others in each epoch, comes last in the epoch, and mostly
   * into no batch.
   *
   * @throws IllegalArgumentException if the batch size is no multiple of the count
   */
  public Iterator<int[]> from(long step, Together together) {
    Require.that(
        batchSize % together.count() == 0,
        "batch size",
        "a multiple of the %d examples drawn together".formatted(together.count()),
        batchSize);
    return batches(step, epoch -> grouped(epoch, together));
  }

  /**
   * Stretches of examples that are best read from front to back, such as shards.
   *
   * @param firsts the {@link Dataset#stretches} of a set that has some
   * @param buffer how many examples wait to be drawn, {@code >= 1}; more are shuffled better, and
   *     read from farther apart
   */
  public record Stretches(int[] firsts, int buffer) {
    /** Checks both. */
    public Stretches {
      Require.that(firsts.length > 0 && firsts[0] == 0, "stretches", "from 0 on", firsts.length);
      Require.atLeastOne("shuffle buffer", buffer);
    }
  }

  /**
   * As {@link #from(long)}, but examples are read from front to back: an epoch takes the stretches
   * in a random order, one behind the other, cuts that sequence into equal lanes, and shuffles each
   * lane by a buffer, so that an example comes at most a buffer's share of a lane early. A batch
   * has equally many examples of every lane, lane after lane. Still a pure function of the step,
   * and every example comes at most once in an epoch.
   *
   * <p>There are 16 lanes, or as many as the largest power of two that divides the batch size. So
   * where {@code n} readers share a run, {@code n} a power of two up to that, and the {@code w}-th
   * takes the {@code w}-th of {@code n} equal parts of every batch's rows, each reads lanes of its
   * own, in the order in which they are stored.
   *
   * @throws IllegalArgumentException if a stretch begins behind the last example or before the
   *     stretch before it
   */
  public Iterator<int[]> from(long step, Stretches stretches) {
    int[] firsts = stretches.firsts();
    for (int i = 1; i < firsts.length; i++) {
      boolean ascends = firsts[i] > firsts[i - 1] && firsts[i] < size;
      Require.that(ascends, "stretches", "ascending and < " + size, firsts[i]);
    }
    return batches(step, epoch -> stretched(epoch, stretches));
  }

  /** All examples in the order of {@code epoch}, stretch by stretch. */
  int[] stretched(int epoch, Stretches stretches) {
    return new StretchOrder(batchSize, stretches.firsts(), stretches.buffer())
        .of(size, random(epoch));
  }

  /** All examples in the order of {@code epoch}, runs of one group first. */
  int[] grouped(int epoch, Together together) {
    Map<Integer, List<Integer>> open = new HashMap<>();
    List<List<Integer>> runs = new ArrayList<>();
    for (int example : order(epoch)) {
      List<Integer> run =
          open.computeIfAbsent(together.groups().applyAsInt(example), group -> new ArrayList<>());
      run.add(example);
      if (run.size() == together.count()) {
        runs.add(List.copyOf(run));
        run.clear();
      }
    }
    // Runs end in the order of their groups' sizes; large groups would come first.
    Collections.shuffle(runs, new Random(random(epoch).split().nextLong()));
    return Stream.concat(runs.stream(), new TreeMap<>(open).values().stream())
        .flatMap(List::stream)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private Iterator<int[]> batches(long step, IntFunction<int[]> orders) {
    return new Iterator<>() {
      private long next = step;
      private int shuffled = -1;
      private int[] order = {};

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public int[] next() {
        if (epoch(next) != shuffled) {
          shuffled = epoch(next);
          order = orders.apply(shuffled);
        }
        int first = Math.toIntExact(next++ % batchesPerEpoch()) * batchSize;
        return Arrays.copyOfRange(order, first, first + batchSize);
      }
    };
  }

  /** All examples in the order of {@code epoch}. */
  int[] order(int epoch) {
    return StretchOrder.permutation(size, random(epoch));
  }

  /** All examples in the order of {@code epoch}, equal ones apart. */
  DistinctBatches distinct(int epoch, IntFunction<long[]> keys) {
    int used = batchesPerEpoch() * batchSize;
    return DistinctBatches.of(order(epoch), used, batchSize, keys, random(epoch).split());
  }

  private SplittableRandom random(int epoch) {
    return new SplittableRandom(seed ^ (epoch + 1) * EPOCH_STRIDE);
  }
}
