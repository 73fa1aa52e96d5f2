package dev.kindred.data;

import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.Require;
import java.util.Arrays;

/**
 * The part of each batch that one worker sees: as many rows as every other, the first worker the
 * first ones.
 *
 * @param workers who shares
 * @param batchSize the examples of a whole batch, a multiple of the workers
 * @param oneStatistic whether batch statistics are those of the whole batch, instead of each
 *     worker's own rows
 */
public record Share(Collectives workers, int batchSize, boolean oneStatistic) {
  /**
   * Checks that the batch can be shared out.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public Share {
    Require.that(
        batchSize % workers.size() == 0,
        "batch size",
        "a multiple of the %d workers".formatted(workers.size()),
        batchSize);
  }

  /** Everything, for whoever is alone. */
  public static Share whole(int batchSize) {
    return new Share(Collectives.alone(), batchSize, false);
  }

  /** Whether there are other workers. */
  public boolean isPart() {
    return workers.shared();
  }

  /** How many rows of a batch are this worker's. */
  public int rows() {
    return batchSize / workers.size();
  }

  /** The first of them. */
  public int firstRow() {
    return workers.rank() * rows();
  }

  /** This worker's examples of {@code batch}. */
  public int[] of(int[] batch) {
    return Arrays.copyOfRange(batch, firstRow(), firstRow() + rows());
  }
}
