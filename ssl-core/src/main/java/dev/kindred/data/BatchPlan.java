package dev.kindred.data;

import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;

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
          order = order(shuffled);
        }
        int first = Math.toIntExact(next++ % batchesPerEpoch()) * batchSize;
        return Arrays.copyOfRange(order, first, first + batchSize);
      }
    };
  }

  /** All examples in the order of {@code epoch}. */
  int[] order(int epoch) {
    SplittableRandom random = new SplittableRandom(seed ^ (epoch + 1) * EPOCH_STRIDE);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
