package dev.kindred.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Warns, once a run, when all representations become alike, which the loss of a method without
 * negatives does not show. Reads the {@link Diagnostics} of the steps.
 */
final class CollapseWatch implements TrainingListener {
  /** Trained and untrained networks that work have three times this and more. */
  static final float LEAST_SPREAD = 0.1f;

  /** One direction has the rank 1; the projections of a network that works, above 2. */
  static final float LEAST_RANK = 1.5f;

  /** How many diagnosed steps in a row must be bad; single ones happen at the start of a run. */
  static final int PATIENCE = 3;

  private final Consumer<RunWarning> warn;
  private int bad;

  CollapseWatch(Consumer<RunWarning> warn) {
    this.warn = warn;
  }

  @Override
  public void onStep(StepReport report) {
    Map<String, Float> metrics = report.metrics();
    if (metrics.containsKey(Diagnostics.FEATURE_STD)) {
      boolean collapsed =
          below(metrics, LEAST_SPREAD, Diagnostics.FEATURE_STD, Diagnostics.PROJECTION_STD)
              || below(
                  metrics, LEAST_RANK, Diagnostics.EFFECTIVE_RANK, Diagnostics.PROJECTION_RANK);
      bad = collapsed ? bad + 1 : Math.min(0, bad);
      if (bad == PATIENCE) {
        bad = Integer.MIN_VALUE; // Once a run is enough.
        warn.accept(new RunWarning(report.step(), message(metrics)));
      }
    }
  }

  private static boolean below(Map<String, Float> metrics, float least, String... names) {
    return Arrays.stream(names).anyMatch(name -> metrics.getOrDefault(name, least) < least);
  }

  private static String message(Map<String, Float> metrics) {
    return String.format(
        Locale.ROOT,
        "the representations collapse: the features of representations and projections deviate by"
            + " %.3f and %.3f (0 where all are equal, 1 where they are spread evenly), their"
            + " effective ranks are %.1f and %.1f; what usually helps: a lower learning rate or a"
            + " longer warm-up, clipped gradients, a larger batch, a slower momentum branch, the"
            + " method's own projector and predictor",
        metrics.get(Diagnostics.FEATURE_STD),
        metrics.getOrDefault(Diagnostics.PROJECTION_STD, Float.NaN),
        metrics.get(Diagnostics.EFFECTIVE_RANK),
        metrics.getOrDefault(Diagnostics.PROJECTION_RANK, Float.NaN));
  }
}
