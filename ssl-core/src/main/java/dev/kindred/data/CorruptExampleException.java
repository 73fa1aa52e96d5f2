package dev.kindred.data;

import dev.kindred.runtime.KindredException;
import org.jspecify.annotations.Nullable;

/**
 * One example of a data set cannot be read (truncated, not what its name says, too large). Training
 * and embedding skip such examples and report them, unless told to be strict.
 */
public final class CorruptExampleException extends KindredException {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final String reason;

  /** The example {@code id} cannot be read because of {@code reason}. */
  public CorruptExampleException(String id, String reason, @Nullable Throwable cause) {
    super(id + ": " + reason, cause);
    this.id = id;
    this.reason = reason;
  }

  /** The {@link Dataset#id id} of the example. */
  public String id() {
    return id;
  }

  /** Why it cannot be read, in one line without the id. */
  public String reason() {
    return reason;
  }
}
