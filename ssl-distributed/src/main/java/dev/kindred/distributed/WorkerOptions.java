package dev.kindred.distributed;

import dev.kindred.runtime.Require;
import java.io.Serializable;
import java.time.Duration;

/**
 * How long workers wait for each other, and where they may be.
 *
 * @param join how long a worker waits for all others to come; 2 minutes unless set
 * @param silence how long a worker may be unheard of before it counts as lost, be it dead, stopped
 *     or cut off; 20 seconds unless set. Workers say every second that they are there
 * @param stall how long a worker may be behind in its steps, though it is heard of, before it
 *     counts as lost; 30 minutes unless set. The first worker measures and saves while the others
 *     wait
 * @param network whether workers may be on other machines; not unless set
 * @param nccl whether tensors on GPUs are exchanged by NCCL, which TensorFlow must be built with;
 *     by rings over its gRPC channel unless set
 */
public record WorkerOptions(
    Duration join, Duration silence, Duration stall, boolean network, boolean nccl)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if one is below two seconds
   */
  public WorkerOptions {
    requireTime("join timeout", join);
    requireTime("worker timeout", silence);
    requireTime("stall timeout", stall);
  }

  /** Two minutes to come, 20 seconds of silence, 30 minutes behind; on this machine only. */
  public static WorkerOptions defaults() {
    return new WorkerOptions(
        Duration.ofMinutes(2), Duration.ofSeconds(20), Duration.ofMinutes(30), false, false);
  }

  /** The same, waiting so long for all to come. */
  public WorkerOptions withJoin(Duration value) {
    return new WorkerOptions(value, silence, stall, network, nccl);
  }

  /** The same, with so long a silence allowed. */
  public WorkerOptions withSilence(Duration value) {
    return new WorkerOptions(join, value, stall, network, nccl);
  }

  /** The same, with so long a wait for a worker that is behind. */
  public WorkerOptions withStall(Duration value) {
    return new WorkerOptions(join, silence, value, network, nccl);
  }

  /**
   * The same with workers on other machines. TensorFlow's channel between them is neither
   * authenticated nor encrypted: to be used where only machines that trust each other reach it.
   */
  public WorkerOptions onNetwork() {
    return new WorkerOptions(join, silence, stall, true, nccl);
  }

  /** The same, with NCCL between GPUs. */
  public WorkerOptions withNccl() {
    return new WorkerOptions(join, silence, stall, network, true);
  }

  private static void requireTime(String name, Duration value) {
    Require.that(value.compareTo(SHORTEST) >= 0, name, ">= 2 s", value.toMillis() / 1000.0 + " s");
  }
}
