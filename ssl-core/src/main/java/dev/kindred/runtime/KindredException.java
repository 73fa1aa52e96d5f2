package dev.kindred.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The work cannot go on, for a reason that its user can act upon: the message is one line that
 * names the file or option, the rule and the fix. Wrong arguments are {@link
 * IllegalArgumentException}s instead.
 */
public class KindredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public KindredException(String message) {
    super(message);
  }

  /** Creates the exception with its one-line message and what caused it. */
  public KindredException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
