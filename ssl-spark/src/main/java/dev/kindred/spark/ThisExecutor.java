package dev.kindred.spark;

import org.apache.spark.SparkEnv;

/** The executor that this JVM is. */
final class ThisExecutor {
  private ThisExecutor() {}

  /** Its name and machine as Spark's own pages have them, such as {@code executor 3 (10.0.0.7)}. */
  static String name() {
    SparkEnv env = SparkEnv.get();
    return env == null
        ? "this machine"
        : "executor %s (%s)"
            .formatted(env.executorId(), env.blockManager().blockManagerId().host());
  }
}
