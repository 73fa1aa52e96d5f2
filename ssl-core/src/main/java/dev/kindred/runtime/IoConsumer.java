package dev.kindred.runtime;

import java.io.IOException;

/**
 * What to do with something that is being written.
 *
 * @param <T> where it is written to
 */
@FunctionalInterface
public interface IoConsumer<T> {
  /**
   * Does it.
   *
   * @throws IOException if it cannot be written
   */
  void accept(T target) throws IOException;
}
