package dev.kindred.train;

import dev.kindred.runtime.KindredException;

/** The loss is no longer a number. */
public final class DivergedException extends KindredException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message: where it happened, and what to change. */
  public DivergedException(String message) {
    super(message);
  }
}
