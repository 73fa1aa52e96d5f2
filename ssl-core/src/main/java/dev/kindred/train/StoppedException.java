package dev.kindred.train;

import dev.kindred.runtime.KindredException;

/** The work was asked to stop, and has; of a run, the checkpoint is written. */
public final class StoppedException extends KindredException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public StoppedException(String message) {
    super(message);
  }
}
