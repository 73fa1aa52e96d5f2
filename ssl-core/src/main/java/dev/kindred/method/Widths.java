package dev.kindred.method;

import dev.kindred.runtime.Require;
import java.util.List;

/** Checks of the widths of heads. */
final class Widths {
  private Widths() {}

  /** A copy of the widths of a head's layers. */
  static List<Integer> of(String name, List<Integer> widths) {
    Require.that(!widths.isEmpty(), name, "at least one width", "none");
    widths.forEach(width -> Require.atLeastOne(name + " width", width));
    return List.copyOf(widths);
  }

  static void requireEqualEnds(
      String name, List<Integer> widths, String other, List<Integer> others) {
    int end = last(others);
    Require.that(
        last(widths) == end,
        "the last width of the " + name,
        "%d, as the %s's".formatted(end, other),
        last(widths));
  }

  static int last(List<Integer> widths) {
    return widths.get(widths.size() - 1);
  }
}
