package dev.kindred.evaluation;

import dev.kindred.embedding.Embedder;
import dev.kindred.runtime.KindredException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How far the cosines of pairs follow the similarities that people gave them: the measure of
 * semantic textual similarity (STS), for whatever an example is. Nothing is trained.
 *
 * <p>A pair's cosine is a float32: both rows at length 1 in float32, their product rounded once. A
 * vector of zeros has no direction; the pair's cosine is then 0 by convention, as in SentEval, and
 * the pair is named in {@code zeroVectors}. Papers sum up the subsets of a set in three ways, which
 * differ by many points; compare like with like:
 *
 * <ul>
 *   <li>{@link #all}: one correlation over all pairs of all subsets, as SimCSE reports (Gao et al.,
 *       <a href="https://arxiv.org/abs/2104.08821">SimCSE</a>, 2021, appendix B);
 *   <li>{@link #mean}: the mean of the subsets' correlations, each counting alike;
 *   <li>{@link #wmean}: their mean weighted by the number of pairs, as SentEval prints it.
 * </ul>
 *
 * <pre>{@code
 * PairSimilarity sts13 = PairSimilarity.of(embedder, pairs);
 * sts13.lines().forEach(out::println);        // percentages
 * double spearman = sts13.all().spearman();   // in [-1, 1]
 * }</pre>
 *
 * @param all over all pairs at once
 * @param subsets each subset's own, by name, in the order of their first pairs
 * @param zeroVectors the ids of the pairs of which one vector or both are zero, in their order
 */
public record PairSimilarity(
    Agreement all, Map<String, Agreement> subsets, List<String> zeroVectors) {
  /**
   * How far cosines follow gold scores.
   *
   * @param spearman {@link Correlation#SPEARMAN}, in {@code [-1, 1]}
   * @param pearson {@link Correlation#PEARSON}, in {@code [-1, 1]}
   * @param count over how many pairs
   */
  public record Agreement(double spearman, double pearson, int count) {
    private static Agreement of(String where, List<Scored> pairs) {
      Sample gold = sample(where + "gold scores", pairs, Scored::gold);
      Sample cosines = sample(where + "cosines", pairs, Scored::cosine);
      return new Agreement(
          Correlation.SPEARMAN.of(gold, cosines),
          Correlation.PEARSON.of(gold, cosines),
          pairs.size());
    }

    private static Sample sample(String name, List<Scored> pairs, ToDoubleFunction<Scored> value) {
      return new Sample(name, pairs.stream().mapToDouble(value).toArray());
    }

    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("spearman", spearman);
      map.put("pearson", pearson);
      map.put("count", count);
      return map;
    }
  }

  /** A pair's two numbers. */
  private record Scored(String subset, double gold, double cosine) {}

  /** Copies the parts. */
  public PairSimilarity {
    subsets = Collections.unmodifiableMap(new LinkedHashMap<>(subsets));
    zeroVectors = List.copyOf(zeroVectors);
  }

  /**
   * Embeds both examples of every pair, and compares.
   *
   * @throws KindredException as {@link #of(List)}
   */
  public static <E> PairSimilarity of(Embedder<E> embedder, List<ScoredPair<E>> pairs) {
    float[][] first = embedder.embed(pairs.stream().map(ScoredPair::first).toList());
    float[][] second = embedder.embed(pairs.stream().map(ScoredPair::second).toList());
    return of(
        IntStream.range(0, pairs.size())
            .mapToObj(i -> pairs.get(i).with(first[i], second[i]))
            .toList());
  }

  /**
   * Compares vectors made elsewhere.
   *
   * @throws KindredException if the vectors of a pair differ in width or are not finite; or if a
   *     subset has fewer than two pairs, one gold score only, or one cosine only, as under an
   *     encoder that has collapsed
   */
  public static PairSimilarity of(List<ScoredPair<float[]>> pairs) {
    List<Scored> scored = pairs.stream().map(PairSimilarity::score).toList();
    Map<String, Agreement> subsets = new LinkedHashMap<>();
    scored.stream()
        .collect(Collectors.groupingBy(Scored::subset, LinkedHashMap::new, Collectors.toList()))
        .forEach((name, part) -> subsets.put(name, Agreement.of(where(name), part)));
    return new PairSimilarity(Agreement.of("", scored), subsets, zeroVectors(pairs));
  }

  private static String where(String subset) {
    return subset.isEmpty() ? "" : "subset " + subset + ": ";
  }

  /**
   * The mean of {@code all().spearman()} over several sets, each first rounded to the two decimals
   * of its percentage: the average as published tables have it.
   *
   * @param sets one or more
   * @return in {@code [-1, 1]}
   * @throws IllegalArgumentException if there is none
   */
  public static double average(Collection<PairSimilarity> sets) {
    return sets.stream()
            .mapToDouble(set -> SimilarityTable.percent(set.all.spearman).doubleValue())
            .average()
            .orElseThrow(() -> new IllegalArgumentException("sets must be at least one, was none"))
        / 100;
  }

  /** The unweighted mean of the subsets' correlations. */
  public Agreement mean() {
    return mean(subset -> 1);
  }

  /** The mean of the subsets' correlations, each weighted by its number of pairs. */
  public Agreement wmean() {
    return mean(Agreement::count);
  }

  /**
   * Everything in JSON types: {@code spearman}, {@code pearson} and {@code count} of {@link #all};
   * the same three in {@code mean}, {@code wmean} and, by name, in {@code subsets}; {@code
   * zero_vectors}, the ids. Correlations are in {@code [-1, 1]}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> parts = new LinkedHashMap<>();
    subsets.forEach((name, subset) -> parts.put(name, subset.toMap()));
    Map<String, Object> map = all.toMap();
    map.put("mean", mean().toMap());
    map.put("wmean", wmean().toMap());
    map.put("subsets", parts);
    map.put("zero_vectors", zeroVectors);
    return map;
  }

  /**
   * A table to print: the subsets, and then the three sums; correlations times 100, rounded to two
   * decimals. If there are zero vectors, a last line counts them and names the first.
   */
  public List<String> lines() {
    return SimilarityTable.lines(this);
  }

  private Agreement mean(ToDoubleFunction<Agreement> weight) {
    double spearman = 0;
    double pearson = 0;
    double total = 0;
    for (Agreement subset : subsets.values()) {
      double share = weight.applyAsDouble(subset);
      spearman += share * subset.spearman;
      pearson += share * subset.pearson;
      total += share;
    }
    return new Agreement(spearman / total, pearson / total, all.count);
  }

  private static Scored score(ScoredPair<float[]> pair) {
    float[] first = pair.first();
    float[] second = pair.second();
    if (first.length != second.length) {
      throw new KindredException(
          "pair %s: both vectors must be equally wide, were %d and %d; embed both with one model"
              .formatted(pair.id(), first.length, second.length));
    }
    float cosine = Rows.cosine(first, second);
    if (!Float.isFinite(cosine)) {
      throw new KindredException(
          "pair %s: both vectors must be finite, but one is not; check what made them"
              .formatted(pair.id()));
    }
    return new Scored(pair.subset(), pair.score(), cosine);
  }

  private static List<String> zeroVectors(List<ScoredPair<float[]>> pairs) {
    return pairs.stream()
        .filter(pair -> Rows.isZero(pair.first()) || Rows.isZero(pair.second()))
        .map(ScoredPair::id)
        .toList();
  }
}
