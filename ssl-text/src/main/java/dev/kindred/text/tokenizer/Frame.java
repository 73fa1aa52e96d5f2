package dev.kindred.text.tokenizer;

import java.util.List;

/** The pieces that are put before and after every text. */
record Frame(List<Integer> before, List<Integer> after) {
  static final Frame NONE = new Frame(List.of(), List.of());

  Frame {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  static Frame of(int before, int after) {
    return new Frame(List.of(before), List.of(after));
  }
}
