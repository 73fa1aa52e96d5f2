package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.UnitVectors;
import dev.kindred.runtime.KindredException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an encoder sees that two views are of one example: from representations of two views of
 * each. Vectors are compared at length 1; one of zeros stays zero.
 *
 * <p>Neighbours are looked for among the rows of a sample drawn from a seed where there are more
 * than {@link Quality#DEFAULT_SAMPLE}; the fewer rows, the easier, so compare values of one sample
 * size. Same seed, same result on one machine.
 *
 * <pre>{@code
 * ViewAgreement agreement = ViewAgreement.of(embeddings, ofOtherViews);
 * agreement.lines().forEach(out::println);
 * }</pre>
 *
 * @param alignment the mean squared distance of an example's two views, {@code mean |u - u+|^2}, in
 *     {@code [0, 4]} (Wang and Isola, <a href="https://arxiv.org/abs/2005.10242">Understanding
 *     Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere</a>,
 *     2020). Lower is better, unless it is low because everything lies in one point: read it with
 *     {@link Quality#uniformity}
 * @param ownNearest the share of first views whose nearest among all second views is their own, in
 *     {@code [0, 1]}. Higher is better; collapse brings it down to 1 over the number of rows
 * @param overlap the share that the {@value Quality#NEIGHBOURS} nearest rows among first views have
 *     in common with those among second views, mean over the rows, in {@code [0, 1]}. Higher is
 *     better, unless everything lies in one point
 * @param count the number of examples, at least 2
 * @param sampled among how many rows neighbours were looked for
 */
public record ViewAgreement(
    double alignment, double ownNearest, double overlap, int count, int sampled) {

  /**
   * Compares, with a sample of {@link Quality#DEFAULT_SAMPLE} rows drawn from seed 0.
   *
   * @throws KindredException as the other method
   */
  public static ViewAgreement of(Embeddings first, Embeddings second) {
    return of(first, second, Quality.DEFAULT_SAMPLE, 0);
  }

  /**
   * Compares.
   *
   * @param first a view of each example
   * @param second another view of each, with the same ids in any order
   * @param sample among how many rows, at most, neighbours are looked for; at least 2
   * @param seed what the sample is drawn from
   * @throws IllegalArgumentException if {@code sample} is below 2
   * @throws KindredException if the two differ in their ids or in width, or have only one row
   */
  public static ViewAgreement of(Embeddings first, Embeddings second, int sample, long seed) {
    Rows.requireSameWidth("first views", first.dimension(), "second views", second);
    Embeddings other = second.select(inOrderOf(first.ids(), second.ids()));
    Embeddings someFirst = Neighbourhoods.sample("first views", first, sample, seed);
    Embeddings someOther = Neighbourhoods.sample("second views", other, sample, seed);
    try (ExactSearch among = new ExactSearch(someFirst);
        ExactSearch amongOther = new ExactSearch(someOther)) {
      Neighbourhoods lists = Neighbourhoods.of(someFirst, among, Quality.NEIGHBOURS);
      Neighbourhoods others = Neighbourhoods.of(someOther, amongOther, Quality.NEIGHBOURS);
      return new ViewAgreement(
          alignment(first.vectors(), other.vectors()),
          ownNearest(someFirst, amongOther),
          lists.overlap(others),
          first.size(),
          someFirst.size());
    }
  }

  /**
   * Everything in JSON types: {@code alignment}, {@code own_nearest}, {@code neighbour_overlap},
   * {@code view_count}, {@code view_sampled}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("alignment", alignment);
    map.put("own_nearest", ownNearest);
    map.put("neighbour_overlap", overlap);
    map.put("view_count", count);
    map.put("view_sampled", sampled);
    return map;
  }

  /** Lines to print: each measure with what it means. */
  public List<String> lines() {
    return List.of(
        QualityTable.line(
            "alignment", alignment, "lower is better: 0 is no difference between two views"),
        QualityTable.line(
            "own view nearest", ownNearest, "the share of views that find their own; 1 is best"),
        QualityTable.line(
            "neighbour overlap",
            overlap,
            "what neighbours of both views have in common; 1 is best"));
  }

  private static double alignment(float[][] first, float[][] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += SquaredDistances.between(UnitVectors.of(first[i]), UnitVectors.of(second[i]));
    }
    return sum / first.length;
  }

  private static double ownNearest(Embeddings first, ExactSearch second) {
    int[] own = new int[1];
    second.search(
        first.vectors(),
        1,
        second.batch(),
        (row, cosines, rows) -> own[0] += rows[0] == row ? 1 : 0);
    return (double) own[0] / first.size();
  }

  /** The places of {@code wanted} among {@code ids}. */
  private static int[] inOrderOf(List<String> wanted, List<String> ids) {
    Map<String, Integer> places = new HashMap<>();
    ids.forEach(id -> places.put(id, places.size()));
    requireHeld("second views", places.keySet(), wanted);
    requireHeld("first views", new HashSet<>(wanted), ids);
    return wanted.stream().map(places::get).mapToInt(Integer::intValue).toArray();
  }

  private static void requireHeld(String role, Set<String> there, List<String> ids) {
    for (String id : ids) {
      if (!there.contains(id)) {
        throw new KindredException(
            "%s: must have a row for every example, but have none for %s; embed the same examples twice"
                .formatted(role, id));
      }
    }
  }
}
