package dev.kindred.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * {@link dev.kindred.losses.NtXent} of DJL's operations, for one size of batch. Owned by the
 * manager that its masks are made in.
 */
final class DjlNtXent {
  private static final float EXCLUDED = -1e9f;
  private static final float SMALLEST_NORM = 1e-12f;

  private final float temperature;
  private final NDArray self;
  private final NDArray positives;

  /**
   * Makes the masks.
   *
   * @param examples half the rows of a batch
   */
  DjlNtXent(NDManager manager, int examples, float temperature) {
    this.temperature = temperature;
    int rows = 2 * examples;
    self = manager.eye(rows).mul(EXCLUDED);
    positives =
        manager
            .eye(rows)
            .get("%d:".formatted(examples))
            .concat(manager.eye(rows).get(":%d".formatted(examples)))
            .toType(DataType.FLOAT32, false);
  }

  /**
   * The mean loss of {@code projections [rows, dim]}, the first view's rows before the second's.
   */
  NDArray of(NDArray projections) {
    NDArray norms = projections.square().sum(new int[] {1}, true).sqrt().maximum(SMALLEST_NORM);
    NDArray rows = projections.div(norms);
    NDArray logits = rows.matMul(rows.transpose()).div(temperature).add(self);
    return logits.logSoftmax(1).mul(positives).sum(new int[] {1}).mean().neg();
  }
}
