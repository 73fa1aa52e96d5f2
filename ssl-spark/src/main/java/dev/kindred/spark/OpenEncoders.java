package dev.kindred.spark;

import dev.kindred.runtime.KindredException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The encoders that are open in this JVM: one for each model, opened when the first task needs it,
 * shared by all, closed when the JVM ends. Safe for use from several threads at once.
 */
final class OpenEncoders {
  private static final Map<Key, OpenEncoder<?>> OPEN = new ConcurrentHashMap<>();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(OpenEncoders::closeAll, "kindred-encoders-close"));
  }

  private OpenEncoders() {}

  /**
   * The encoder that {@code model} is, opened if it is not; never closed by its user.
   *
   * @throws KindredException if it cannot be opened, in one line that names this executor
   */
  static OpenEncoder<?> of(Content content, Model model) {
    return OPEN.computeIfAbsent(
        new Key(content.domain(), model.version()),
        key -> explained(() -> model.in(content::open)));
  }

  /**
   * What {@code opening} gives, or in one line why not. A missing native library must not be an
   * {@link Error} here: Spark ends the executor for one, and starts the next.
   */
  static <T> T explained(Supplier<T> opening) {
    try {
      return opening.get();
    } catch (LinkageError e) {
      throw new KindredException(
          "TensorFlow cannot be loaded on %s (%s); put tensorflow-core-native with the classifier of its machine on the executors' class path, as docs/spark.md tells"
              .formatted(
                  ThisExecutor.name(),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    } catch (KindredException e) {
      String message = String.valueOf(e.getMessage());
      String here = ThisExecutor.name();
      throw message.contains(here) ? e : new KindredException(message + " (on " + here + ")", e);
    }
  }

  private static void closeAll() {
    OPEN.values().forEach(OpenEncoder::close);
  }

  private record Key(String domain, Object version) {}
}
