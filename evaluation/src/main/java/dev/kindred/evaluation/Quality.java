package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What representations look like without labels: whether they fill the space that they have, and
 * whether the neighbours in it are to be trusted. Nothing here says what a representation is good
 * for; it says early, and of any data, that something is wrong, and compares encoders on one set.
 *
 * <p>Vectors are compared at length 1, except for the two ranks, which are of the vectors as they
 * are. A vector of zeros has no direction: it stays zero, has cosine 0 with all, and is named.
 * Vectors that are all alike give finite values: uniformity 0, ranks 1, feature deviation 0, mean
 * cosine 1; their neighbours are the first rows, so that hubness means nothing.
 *
 * <p>Measures of all pairs and of neighbours take time quadratic in the number of rows, so they are
 * of a sample of {@link #DEFAULT_SAMPLE} rows drawn from a seed where there are more. Neighbours
 * get farther the smaller the sample, so compare values of one sample size. Same seed, same result
 * on one machine.
 *
 * <pre>{@code
 * Quality quality = Quality.of(embeddings);
 * quality.lines().forEach(out::println);   // each with what it means
 * double collapsed = quality.effectiveRank();
 * }</pre>
 *
 * @param uniformity {@code log mean exp(-2 |u - v|^2)} over the pairs of the sample (Wang and
 *     Isola, <a href="https://arxiv.org/abs/2005.10242">Understanding Contrastive Representation
 *     Learning through Alignment and Uniformity on the Hypersphere</a>, 2020), in {@code [-8, 0]}.
 *     Lower is better: 0 is one point, and independent directions are near -4
 * @param rankMe {@code exp(-sum p_k log p_k)} with {@code p_k} the share of singular value {@code
 *     k} in their sum, plus 1e-7 (Garrido et al., <a
 *     href="https://arxiv.org/abs/2210.02885">RankMe: Assessing the Downstream Performance of
 *     Pretrained Self-Supervised Representations by Their Rank</a>, 2023). Higher is better, the
 *     width at most; of encoders on one set, the one with more tends to do better afterwards
 * @param effectiveRank the same without the 1e-7 (Roy and Vetterli, The Effective Rank, 2007): what
 *     trainings log as {@code effective_rank}. Higher is better; near 1 is collapse
 * @param featureStd the standard deviation of a feature, mean over the features, times the root of
 *     their number: what trainings log as {@code feature_std} (Chen and He, <a
 *     href="https://arxiv.org/abs/2011.10566">Exploring Simple Siamese Representation Learning</a>,
 *     2020). 1 is spread evenly over all directions; below 0.1 is collapse
 * @param meanCosine the mean cosine of two different rows, in {@code [-1, 1]}. Near 0 is better:
 *     the more, the narrower the cone that all vectors lie in (Ethayarajh, <a
 *     href="https://arxiv.org/abs/1909.00512">How Contextual are Contextualized Word
 *     Representations?</a>, 2019)
 * @param hubness the skewness of how often a row is among the {@value #NEIGHBOURS} nearest of
 *     others (Radovanović et al., <a href="https://jmlr.org/papers/v11/radovanovic10a.html">Hubs in
 *     Space</a>, 2010). Lower is better: 0 is even, above about 2 few rows are neighbours of many
 * @param antihubs the share of rows that are among the {@value #NEIGHBOURS} nearest of no other, in
 *     {@code [0, 1]}. Lower is better: no search finds them
 * @param duplicates rows equal to an earlier one in every number, of all rows. Lower is better
 * @param nearDuplicates rows of the sample whose cosine with an earlier one is at least 1 - 1e-6
 *     though they are not equal. Lower is better
 * @param zeroVectors the ids of rows of zeros
 * @param count the number of rows, at least 2
 * @param sampled of how many rows pairs and neighbours are
 * @param dimension the width of a row
 */
public record Quality(
    double uniformity,
    double rankMe,
    double effectiveRank,
    double featureStd,
    double meanCosine,
    double hubness,
    double antihubs,
    Repeats duplicates,
    Repeats nearDuplicates,
    List<String> zeroVectors,
    int count,
    int sampled,
    int dimension) {
  /** How many nearest rows make a neighbourhood, as in Radovanović et al. (2010). */
  public static final int NEIGHBOURS = 10;

  /** Of how many rows pairs and neighbours are unless told: 50 million pairs. */
  public static final int DEFAULT_SAMPLE = 10_000;

  /**
   * Rows that are there already.
   *
   * @param count how many
   * @param first the first few
   */
  public record Repeats(int count, List<Repeat> first) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public Repeats {
      Require.atLeastZero("count", count);
      first = List.copyOf(first);
    }
  }

  /**
   * A row that is there already.
   *
   * @param id its name
   * @param earlier the name of the row that it repeats
   */
  public record Repeat(String id, String earlier) {}

  /**
   * Copies the names, and checks the counts.
   *
   * @throws IllegalArgumentException if {@code count} is below 2, or {@code sampled} or {@code
   *     dimension} below 1
   */
  public Quality {
    zeroVectors = List.copyOf(zeroVectors);
    Require.that(count >= 2, "count", ">= 2", count);
    Require.atLeastOne("sampled", sampled);
    Require.atLeastOne("dimension", dimension);
  }

  /**
   * Measures, with a sample of {@value #DEFAULT_SAMPLE} rows drawn from seed 0.
   *
   * @throws KindredException if there is only one row
   */
  public static Quality of(Embeddings embeddings) {
    return of(embeddings, DEFAULT_SAMPLE, 0);
  }

  /**
   * Measures.
   *
   * @param sample of how many rows, at most, pairs and neighbours are; at least 2
   * @param seed what the sample is drawn from
   * @throws IllegalArgumentException if {@code sample} is below 2
   * @throws KindredException if there is only one row
   */
  public static Quality of(Embeddings embeddings, int sample, long seed) {
    Embeddings some = Neighbourhoods.sample("embeddings", embeddings, sample, seed);
    SingularValues values = SingularValues.of(embeddings.vectors());
    Directions directions = Directions.of(embeddings.vectors());
    try (ExactSearch search = new ExactSearch(some)) {
      PairScan pairs = PairScan.of(some, search);
      Neighbourhoods neighbours = Neighbourhoods.of(some, search, NEIGHBOURS);
      return new Quality(
          pairs.uniformity(),
          values.rankMe(),
          values.effectiveRank(),
          directions.featureStd(),
          directions.meanCosine(),
          neighbours.hubness(),
          neighbours.antihubs(),
          RepeatedRows.equal(embeddings),
          pairs.near(),
          Rows.zeroIds(embeddings),
          embeddings.size(),
          some.size(),
          embeddings.dimension());
    }
  }

  /**
   * Everything in JSON types: {@code uniformity}, {@code rankme}, {@code effective_rank}, {@code
   * feature_std}, {@code mean_cosine}, {@code hubness}, {@code antihubs}, {@code duplicates},
   * {@code near_duplicates}, {@code zero_vectors} (all three counted), {@code count}, {@code
   * sampled}, {@code dimension}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("uniformity", uniformity);
    map.put("rankme", rankMe);
    map.put("effective_rank", effectiveRank);
    map.put("feature_std", featureStd);
    map.put("mean_cosine", meanCosine);
    map.put("hubness", hubness);
    map.put("antihubs", antihubs);
    map.put("duplicates", duplicates.count());
    map.put("near_duplicates", nearDuplicates.count());
    map.put("zero_vectors", zeroVectors.size());
    map.put("count", count);
    map.put("sampled", sampled);
    map.put("dimension", dimension);
    return map;
  }

  /** Lines to print: each measure with what it means, and the first of what repeats. */
  public List<String> lines() {
    return QualityTable.lines(this);
  }
}
