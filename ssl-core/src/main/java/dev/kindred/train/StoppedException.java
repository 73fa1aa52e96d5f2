package dev.kindred.train;

import dev.kindred.runtime.KindredException;

/** The run was asked to stop, and has; its checkpoint is written. */
public final class StoppedException extends KindredException {
  private static final long serialVersionUID = 1L;

  StoppedException(String message) {
    super(message);
  }
}
