package dev.kindred.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Workers as threads of this process, each with a server of TensorFlow's and doors of its own. */
final class Crew {
  private Crew() {}

  /** What a worker does; may throw. */
  interface Work<T> {
    T by(Workers workers) throws Exception;
  }

  /** What came of each worker: what it returned, or what it threw. */
  record Ending<T>(@Nullable T value, @Nullable Throwable failure) {}

  static WorkerOptions quick() {
    return WorkerOptions.defaults()
        .withJoin(Duration.ofSeconds(20))
        .withSilence(Duration.ofSeconds(3));
  }

  static <T> List<Ending<T>> run(int size, Work<T> work) {
    List<String> addresses = Cluster.localAddresses(size);
    return each(
        size,
        task -> {
          try (Workers workers = Workers.join(Cluster.of(addresses, task), quick())) {
            return work.by(workers);
          }
        });
  }

  /** What one worker does from its place on; may throw. */
  interface Place<T> {
    T at(int task) throws Exception;
  }

  static <T> List<Ending<T>> each(int size, Place<T> work) {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<T>> all =
          IntStream.range(0, size).mapToObj(task -> threads.submit(() -> work.at(task))).toList();
      List<Ending<T>> endings = new ArrayList<>();
      for (Future<T> one : all) {
        endings.add(ending(one));
      }
      return endings;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Ending<T> ending(Future<T> one) {
    try {
      return new Ending<>(one.get(120, TimeUnit.SECONDS), null);
    } catch (ExecutionException e) {
      return new Ending<>(null, e.getCause());
    } catch (Exception e) {
      return new Ending<>(null, e);
    }
  }
}
