package dev.kindred.spark;

import dev.kindred.runtime.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Spark with two executors, each a JVM of its own on this machine; one for all tests, stopped after
 * the last. The environment names a Spark home, which needs to hold nothing.
 */
public final class LocalCluster implements BeforeAllCallback {
  static final int EXECUTORS = 2;

  private static final String HOME = "SPARK_HOME";

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(HOME, key -> (AutoCloseable) session()::stop);
  }

  /** The session, started if it is not. */
  static SparkSession session() {
    requireHome();
    return SparkSession.builder()
        .master("local-cluster[%d,1,2048]".formatted(EXECUTORS))
        .appName("kindred")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executorEnv.TF_CPP_MIN_LOG_LEVEL", "2")
        .config("spark.executorEnv.TF_NUM_INTRAOP_THREADS", "1")
        .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.task.maxFailures", 1)
        .config("spark.sql.shuffle.partitions", EXECUTORS)
        .config("spark.sql.warehouse.dir", home().resolve("warehouse").toString())
        .config("spark.ui.enabled", false)
        .getOrCreate();
  }

  private static Path home() {
    return Path.of(System.getenv().getOrDefault(HOME, "spark-home"));
  }

  /** Whoever starts an executor looks for a folder of jars there. */
  private static void requireHome() {
    Path jars = home().resolve("jars");
    try {
      Files.createDirectories(jars);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(jars, e);
    }
  }
}
