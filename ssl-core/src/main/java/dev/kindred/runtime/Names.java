package dev.kindred.runtime;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What to say when a user asks for something by a name that does not exist. */
public final class Names {
  private Names() {}

  /**
   * The message for an unknown name, such as {@code unknown method "simlcr"; did you mean simclr?
   * known: byol, simclr}. The question is left out where no known name is close.
   *
   * @param kind what is named, such as {@code method}
   * @param given the name that does not exist
   * @param known the names that do, in the order to show them
   */
  public static String unknown(String kind, String given, Collection<String> known) {
    String question = nearest(given, known).map(name -> "; did you mean " + name + "?").orElse(";");
    return "unknown %s \"%s\"%s known: %s"
        .formatted(kind, given, question, String.join(", ", known));
  }

  /**
   * The known name with the fewest edits (insert, delete, replace, swap of neighbours; letter case
   * is free) from {@code given}, if they are at most a third of its letters or two; of equals the
   * first.
   */
  public static Optional<String> nearest(String given, Collection<String> known) {
    int tolerated = Math.min(Math.max(2, given.length() / 3), Math.max(0, given.length() - 1));
    return known.stream()
        .filter(name -> edits(given, name) <= tolerated)
        .min(Comparator.comparingInt(name -> edits(given, name)));
  }

  private static int edits(String given, String known) {
    String a = given.toLowerCase(Locale.ROOT);
    String b = known.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    return swapped(a, b, i, j) ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }

  private static boolean swapped(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
