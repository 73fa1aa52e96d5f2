package dev.kindred.method;

import dev.kindred.nn.MlpHead;
import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The widths of heads: checks, and the head that a method may go without. */
final class Widths {
  private Widths() {}

  /** A copy of the widths of a head's layers. */
  static List<Integer> of(String name, List<Integer> widths) {
    Require.that(!widths.isEmpty(), name, "at least one width", "none");
    widths.forEach(width -> Require.atLeastOne(name + " width", width));
    return List.copyOf(widths);
  }

  /** The same of a head that need not be. */
  static List<Integer> ofOptional(String name, List<Integer> widths) {
    return widths.isEmpty() ? List.of() : of(name, widths);
  }

  /**
   * What the online branch makes of the views.
   *
   * @param projector the widths of a head without batch normalisation at its output; none for the
   *     representations themselves
   */
  static <V> List<Operand<TFloat32>> project(
      MethodScope<V> scope, List<Integer> projector, List<V> views) {
    return projector.isEmpty()
        ? scope.encode(Method.ONLINE, views)
        : scope.project(Method.ONLINE, new MlpHead(projector, false), views);
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
