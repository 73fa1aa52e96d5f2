package dev.kindred.text.tokenizer;

import dev.kindred.runtime.Require;
import java.util.List;
import java.util.stream.Stream;

/** The pieces that are put before and after every text. */
record Frame(List<Integer> before, List<Integer> after) {
  static final Frame NONE = new Frame(List.of(), List.of());

  Frame {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * Checks that its pieces are among those that there are.
   *
   * @throws IllegalArgumentException if one is not
   */
  Frame within(int size) {
    Stream.concat(before.stream(), after.stream())
        .forEach(
            id ->
                Require.that(
                    id >= 0 && id < size, "ids around a text", "in [0, %d)".formatted(size), id));
    return this;
  }

  static Frame of(int before, int after) {
    return new Frame(List.of(before), List.of(after));
  }
}
