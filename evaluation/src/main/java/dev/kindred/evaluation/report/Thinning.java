package dev.kindred.evaluation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Long curves by fewer points that draw alike: no peak, dip or gap is lost. */
final class Thinning {
  /** As many stretches as a screen can show apart. */
  static final int STRETCHES = 400;

  /** The least and the greatest value, and one that is not finite. */
  static final int KEPT_OF_A_STRETCH = 3;

  private static final Comparator<float[]> BY_X = Comparator.comparingDouble(point -> point[0]);
  private static final Comparator<float[]> BY_Y = Comparator.comparingDouble(point -> point[1]);

  private Thinning() {}

  /** The curve as points {@code [x, y]}, at most {@code STRETCHES * KEPT_OF_A_STRETCH} of them. */
  static List<float[]> of(SortedMap<Long, Double> curve) {
    return of(curve, STRETCHES);
  }

  /** The same with fewer stretches, at least one, for a curve among many. */
  static List<float[]> of(SortedMap<Long, Double> curve, int stretches) {
    List<float[]> points =
        curve.entrySet().stream()
            .map(point -> new float[] {point.getKey(), point.getValue().floatValue()})
            .toList();
    return points.size() <= stretches * KEPT_OF_A_STRETCH ? points : thinned(points, stretches);
  }

  private static List<float[]> thinned(List<float[]> points, int stretches) {
    List<float[]> kept = new ArrayList<>();
    for (int i = 0; i < stretches; i++) {
      int from = (int) ((long) i * points.size() / stretches);
      int to = (int) ((i + 1L) * points.size() / stretches);
      kept.addAll(kept(points.subList(from, to)));
    }
    return kept;
  }

  private static List<float[]> kept(List<float[]> stretch) {
    Optional<float[]> least = stretch.stream().filter(Thinning::finite).min(BY_Y);
    Optional<float[]> greatest = stretch.stream().filter(Thinning::finite).max(BY_Y);
    Optional<float[]> gap = stretch.stream().filter(point -> !finite(point)).findFirst();
    return Stream.of(least, greatest, gap)
        .flatMap(Optional::stream)
        .distinct()
        .sorted(BY_X)
        .toList();
  }

  private static boolean finite(float[] point) {
    return Float.isFinite(point[1]);
  }
}
