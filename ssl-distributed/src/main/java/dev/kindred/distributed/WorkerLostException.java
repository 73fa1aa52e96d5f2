package dev.kindred.distributed;

import dev.kindred.runtime.KindredException;
import org.jspecify.annotations.Nullable;

/** Another worker died, hung, never came or failed; the message names it and what to do. */
public final class WorkerLostException extends KindredException {
  private static final long serialVersionUID = 1L;

  private final int worker;

  WorkerLostException(int worker, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.worker = worker;
  }

  /** Which worker, from 0. */
  public int worker() {
    return worker;
  }
}
