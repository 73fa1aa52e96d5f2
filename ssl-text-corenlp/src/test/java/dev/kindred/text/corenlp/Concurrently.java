package dev.kindred.text.corenlp;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work in eight threads at once, several times over. */
final class Concurrently {
  private static final int THREADS = 8;
  private static final int TIMES = 32;

  private Concurrently() {}

  /** What {@code work} gave each time. */
  static <R> List<R> repeat(Callable<R> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<R>> results = threads.invokeAll(Collections.nCopies(TIMES, work));
      return results.stream().map(Concurrently::result).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static <R> R result(Future<R> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
