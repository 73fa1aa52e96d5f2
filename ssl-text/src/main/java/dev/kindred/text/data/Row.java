package dev.kindred.text.data;

import java.util.List;

/**
 * What an example is made of.
 *
 * @param texts its parts, stripped
 * @param label what it is labelled by; empty for nothing
 */
record Row(List<String> texts, String label) {
  /** What a line without text holds. */
  static final Row EMPTY = new Row(List.of(""), "");

  /** Whether a part is missing, so that this is no example. */
  boolean incomplete() {
    return texts.stream().anyMatch(String::isEmpty);
  }
}
