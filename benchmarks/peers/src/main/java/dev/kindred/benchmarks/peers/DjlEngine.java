package dev.kindred.benchmarks.peers;

import ai.djl.engine.Engine;

/** DJL's PyTorch engine as all programs here use it. */
final class DjlEngine {
  /** What DJL calls it. */
  static final String NAME = "PyTorch";

  private static final String THREADS = "ai.djl.pytorch.num_threads";

  /** Whether the threads of PyTorch's OpenMP spin while they wait. */
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  private DjlEngine() {}

  /** All processors, and nothing fetched or sent over the network; before the engine loads. */
  static void configure() {
    String processors = String.valueOf(Runtime.getRuntime().availableProcessors());
    System.setProperty(THREADS, processors);
    System.setProperty("ai.djl.offline", "true");
  }

  /** The engine, its version and what decides its speed. */
  static String describe() {
    configure();
    return "DJL %s, %s %s, %s threads, %s %s"
        .formatted(
            Engine.getDjlVersion(),
            NAME,
            Engine.getEngine(NAME).getVersion(),
            System.getProperty(THREADS),
            WAIT_POLICY,
            System.getenv().getOrDefault(WAIT_POLICY, "unset"));
  }
}
