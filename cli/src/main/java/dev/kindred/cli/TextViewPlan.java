package dev.kindred.cli;

import dev.kindred.text.TextViews;
import dev.kindred.text.augment.TextAugmentation;
import dev.kindred.text.augment.TextSplit;
import dev.kindred.text.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the two views of a text are changed, by the names of {@link TextViewChoice}: {@code deletion}
 * changes both, {@code shuffle,deletion} the first and the second, {@code shuffle+mask} one view
 * twice. What draws both views together, {@code surroundings}, stands alone.
 *
 * @param views the names of each view's changes; one view stands for both
 */
record TextViewPlan(List<List<String>> views) {
  private static final int MOST = 2;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if there are more views than two, or a name is unknown
   */
  static TextViewPlan of(String text) {
    List<List<String>> views =
        Arrays.stream(text.split(",", -1)).map(view -> List.of(view.split("\\+", -1))).toList();
    if (views.size() > MOST) {
      throw new IllegalArgumentException(
          "--views must be one for both views, or two with a comma between them, was " + text);
    }
    TextViewPlan plan = new TextViewPlan(views);
    if (plan.choices().anyMatch(choice -> choice.split().isPresent())
        && plan.choices().count() > 1) {
      throw new IllegalArgumentException(
          "--views %s: what makes both views together stands alone; leave the others out"
              .formatted(text));
    }
    return plan;
  }

  /** Whether the first view is changed, and the second not. */
  boolean damagesFirstOnly() {
    return views.size() == MOST && changing(views.get(0)) > 0 && changing(views.get(1)) == 0;
  }

  /**
   * Checks that there is a rate for each change.
   *
   * @param rates null for the changes' own
   * @throws IllegalArgumentException if there are more or fewer
   */
  void requireRates(@Nullable List<Double> rates) {
    List<String> names = changes();
    if (rates != null && names.isEmpty()) {
      throw new IllegalArgumentException(
          "--rate is for views that are changed, but these are as they are; leave it out");
    }
    if (rates != null && rates.size() != names.size()) {
      throw new IllegalArgumentException(
          "--rate must be %d numbers with commas between them, for %s (%s unless given), was %s"
              .formatted(names.size(), joined(names), joined(usual()), joined(rates)));
    }
  }

  /**
   * Adds both views.
   *
   * @param rates as {@link #requireRates} has them
   */
  void addTo(TextViews.Builder builder, @Nullable List<Double> rates, Tokenizer tokenizer) {
    Optional<DoubleFunction<TextSplit>> split =
        choices().findFirst().flatMap(TextViewChoice::split);
    split.ifPresentOrElse(
        two -> builder.split(two.apply((rates == null ? usual() : rates).get(0))),
        () -> changes(rates, tokenizer).forEach(builder::view));
  }

  private Stream<TextViewChoice> choices() {
    return views.stream().flatMap(List::stream).map(Catalogues.TEXT_VIEWS::get);
  }

  /** The changes of the first view and of the second. */
  private List<TextAugmentation[]> changes(@Nullable List<Double> rates, Tokenizer tokenizer) {
    Iterator<Double> each = (rates == null ? usual() : rates).iterator();
    List<TextAugmentation[]> changed =
        views.stream()
            .map(
                names ->
                    names.stream()
                        .filter(TextViewPlan::changes)
                        .map(Catalogues.TEXT_VIEWS::get)
                        .flatMap(choice -> choice.change().apply(each.next(), tokenizer).stream())
                        .toArray(TextAugmentation[]::new))
            .toList();
    return List.of(changed.get(0), changed.get(changed.size() - 1));
  }

  /** The names of all changes, in their order. */
  private List<String> changes() {
    return views.stream().flatMap(List::stream).filter(TextViewPlan::changes).toList();
  }

  private List<Double> usual() {
    return changes().stream().map(name -> Catalogues.TEXT_VIEWS.get(name).usual()).toList();
  }

  private static long changing(List<String> names) {
    return names.stream().filter(TextViewPlan::changes).count();
  }

  private static boolean changes(String name) {
    return !name.equals(TextDefaults.AS_THEY_ARE);
  }

  private static String joined(List<?> values) {
    return String.join(",", values.stream().map(String::valueOf).toList());
  }
}
