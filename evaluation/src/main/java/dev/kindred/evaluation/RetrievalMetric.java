package dev.kindred.evaluation;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well one query's right rows are ranked, a number in {@code [0, 1]}; the higher, the better.
 * Below, {@code R} is the number of right rows in the bank, and {@code P(i)} the share of right
 * rows among the {@code i} nearest. Two metrics are equal if their names are.
 *
 * <ul>
 *   <li>{@link #recall recall@k}: 1 if at least one right row is among the {@code k} nearest, else
 *       0: the Recall@K of metric learning (Oh Song et al., <a
 *       href="https://arxiv.org/abs/1511.06452">Deep Metric Learning via Lifted Structured Feature
 *       Embedding</a>, 2016, section 6). With one right row this is the share of right rows that
 *       are found, which the word means elsewhere; with several it is not.
 *   <li>{@link #precision precision@k}: {@code P(k)} (Manning et al., <a
 *       href="https://nlp.stanford.edu/IR-book/">Introduction to Information Retrieval</a>, 2008,
 *       section 8.4).
 *   <li>{@link #R_PRECISION}: {@code P(R)} (there too).
 *   <li>{@link #MAP}: the mean of {@code P(i)} over the ranks {@code i} of all right rows, however
 *       far down (there too); its mean over queries is the mean average precision.
 *   <li>{@link #MAP_AT_R}: the sum of {@code P(i)} over those ranks of right rows that are at most
 *       {@code R}, divided by {@code R} (Musgrave et al., <a
 *       href="https://arxiv.org/abs/2003.08505">A Metric Learning Reality Check</a>, 2020, section
 *       3.2).
 *   <li>{@link #MRR}: 1 over the rank of the first right row, however far down (Voorhees, <a
 *       href="https://trec.nist.gov/pubs/trec8/papers/qa_report.pdf">The TREC-8 Question Answering
 *       Track Report</a>, 1999).
 *   <li>{@link #ndcg ndcg@k}: the sum of gain times {@code 1 / log2(rank + 1)} over the {@code k}
 *       nearest, divided by the same of the best order there could be (Järvelin and Kekäläinen, <a
 *       href="https://doi.org/10.1145/582415.582418">Cumulated Gain-Based Evaluation of IR
 *       Techniques</a>, 2002). A right row's gain is 1 unless {@link Relevance#graded} says
 *       another, and is taken as it is, not as {@code 2^gain - 1}.
 * </ul>
 */
public final class RetrievalMetric {
  /** Of {@code R} nearest rows the share that is right, {@code R} being how many there are. */
  public static final RetrievalMetric R_PRECISION =
      new RetrievalMetric("r_precision", 0, FoundRanks::rPrecision);

  /** Average precision over the whole ranking. */
  public static final RetrievalMetric MAP =
      new RetrievalMetric("map", 0, FoundRanks::averagePrecision);

  /** Average precision over the first {@code R} ranks. */
  public static final RetrievalMetric MAP_AT_R =
      new RetrievalMetric("map@r", 0, FoundRanks::averagePrecisionAtR);

  /** Reciprocal rank of the first right row. */
  public static final RetrievalMetric MRR =
      new RetrievalMetric("mrr", 0, FoundRanks::reciprocalRank);

  /** The depths that are usual: 1, 5 and 10. */
  public static final List<Integer> DEPTHS = List.of(1, 5, 10);

  /** What is usual for answers to questions: recall at {@link #DEPTHS}, MRR and nDCG at 10. */
  public static final List<RetrievalMetric> ANSWERS =
      List.of(recall(1), recall(5), recall(10), MRR, ndcg(10));

  private final String name;
  private final int depth;
  private final ToDoubleFunction<FoundRanks> formula;

  private RetrievalMetric(String name, int depth, ToDoubleFunction<FoundRanks> formula) {
    this.name = name;
    this.depth = depth;
    this.formula = formula;
  }

  /**
   * Whether at least one right row is among so many nearest.
   *
   * @throws IllegalArgumentException if {@code depth} is below 1
   */
  public static RetrievalMetric recall(int depth) {
    return at(depth, "recall", found -> found.within(depth) > 0 ? 1 : 0);
  }

  /**
   * The share of right rows among so many nearest.
   *
   * @throws IllegalArgumentException if {@code depth} is below 1
   */
  public static RetrievalMetric precision(int depth) {
    return at(depth, "precision", found -> (double) found.within(depth) / depth);
  }

  /**
   * Normalised discounted cumulative gain of so many nearest.
   *
   * @throws IllegalArgumentException if {@code depth} is below 1
   */
  public static RetrievalMetric ndcg(int depth) {
    return at(depth, "ndcg", found -> found.gain(depth));
  }

  /**
   * All: recall and precision at {@code depths}, {@link #R_PRECISION}, {@link #MAP}, {@link
   * #MAP_AT_R}, {@link #MRR}, and nDCG at the greatest of them.
   *
   * @param depths one or more, as {@link #DEPTHS}
   * @throws IllegalArgumentException if there is none, or one is below 1
   */
  public static List<RetrievalMetric> all(List<Integer> depths) {
    Require.atLeastOne("the number of depths", depths.size());
    int[] ascending = depths.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    List<RetrievalMetric> all = new ArrayList<>();
    IntStream.of(ascending).mapToObj(RetrievalMetric::recall).forEach(all::add);
    IntStream.of(ascending).mapToObj(RetrievalMetric::precision).forEach(all::add);
    all.addAll(Arrays.asList(R_PRECISION, MAP, MAP_AT_R, MRR));
    all.add(ndcg(ascending[ascending.length - 1]));
    return List.copyOf(all);
  }

  /** Such as {@code recall@10} or {@code map@r}. */
  public String name() {
    return name;
  }

  /** How many of the nearest rows it looks at; 0 where that depends on the query. */
  int depth() {
    return depth;
  }

  double of(FoundRanks found) {
    return formula.applyAsDouble(found);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RetrievalMetric metric && metric.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  private static RetrievalMetric at(int depth, String name, ToDoubleFunction<FoundRanks> formula) {
    Require.atLeastOne("the depth of " + name, depth);
    return new RetrievalMetric(name + "@" + depth, depth, formula);
  }
}
