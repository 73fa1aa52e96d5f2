package dev.kindred.text;

import dev.kindred.runtime.Require;
import java.util.List;

/**
 * What a training on text learns from at a time: one text; a pair that belongs together; or an
 * anchor, its positive and a hard negative.
 *
 * @param parts one text or more
 */
public record TextExample(List<String> parts) {
  /**
   * Copies the parts.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TextExample {
    Require.that(!parts.isEmpty(), "parts", "at least one text", "none");
    parts = List.copyOf(parts);
  }

  /** One text. */
  public static TextExample of(String... parts) {
    return new TextExample(List.of(parts));
  }
}
