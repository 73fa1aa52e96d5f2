package dev.kindred.text.data;

import dev.kindred.data.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The classes of examples.
 *
 * @param names in the order of the labels
 * @param of the label of each example; empty if none has one
 */
record Labels(List<String> names, int[] of) {
  int label(int index) {
    return of.length == 0 ? Dataset.NO_LABEL : of[index];
  }

  /** Collects the values of a column, which are the classes' names. */
  static final class Builder {
    private final Map<String, Integer> seen = new LinkedHashMap<>();
    private final IntStream.Builder all = IntStream.builder();

    /** Adds the next example's; empty for none. */
    void add(String name) {
      all.add(name.isEmpty() ? Dataset.NO_LABEL : seen.computeIfAbsent(name, n -> seen.size()));
    }

    /** The classes in the order of the numbers that they are, or else of their letters. */
    Labels build() {
      if (seen.isEmpty()) {
        return new Labels(List.of(), new int[0]);
      }
      List<String> asSeen = List.copyOf(seen.keySet());
      List<String> sorted = new ArrayList<>(asSeen);
      sorted.sort(null);
      if (asSeen.stream().allMatch(Builder::isNumber)) {
        sorted.sort(Comparator.comparingDouble(Double::parseDouble));
      }
      int[] place = new int[sorted.size()];
      int next = 0;
      for (String name : sorted) {
        place[Objects.requireNonNull(seen.get(name))] = next++;
      }
      int[] of = all.build().map(i -> i < 0 ? Dataset.NO_LABEL : place[i]).toArray();
      return new Labels(List.copyOf(sorted), of);
    }

    private static boolean isNumber(String name) {
      try {
        Double.parseDouble(name);
        return true;
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }
}
