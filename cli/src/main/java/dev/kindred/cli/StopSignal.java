package dev.kindred.cli;

import java.util.concurrent.CompletableFuture;

/**
 * Makes Ctrl-C and SIGTERM a request: the process goes on until its work has written what it must,
 * and ends with the code of that. Signals that follow change nothing.
 */
final class StopSignal implements AutoCloseable {
  private static final CompletableFuture<Integer> EXIT_CODE = new CompletableFuture<>();

  private final Thread hook = new Thread(this::ask, "kindred-stop");
  private volatile boolean asked;

  private StopSignal() {}

  /** Begins to listen; close it when the work is done. */
  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Ends the process with {@code code}, by itself or by the hook that waits for it. */
  static void exit(int code) {
    EXIT_CODE.complete(code);
    System.exit(code);
  }

  /** Whether the process is to end. */
  boolean asked() {
    return asked;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook waits for exit.
      asked = true;
    }
  }

  private void ask() {
    asked = true;
    System.err.println("kindred: stopping after this step");
    Runtime.getRuntime().halt(EXIT_CODE.join());
  }
}
