package dev.kindred.evaluation;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One row for a pair of representations {@code u} and {@code v}, for a classifier of pairs: {@code
 * |u - v|} and then {@code u * v}, value by value, so {@code [2 dimension]}. It is the same for
 * {@code v} and {@code u}.
 *
 * <p>As SentEval does for MRPC and SICK: Conneau and Kiela, <a
 * href="https://arxiv.org/abs/1803.05449">SentEval</a> (2018); the features are of Tai et al., <a
 * href="https://arxiv.org/abs/1503.00075">Improved Semantic Representations From Tree-Structured
 * Long Short-Term Memory Networks</a> (2015), section 4.2.
 *
 * <pre>{@code
 * Embeddings train = PairFeatures.embed(embedder, pairs, Pair::first, Pair::second);
 * TransferResult mrpc = Transfer.defaults(0).evaluate(train, test);
 * double f1 = mrpc.test().f1("1");
 * }</pre>
 */
public final class PairFeatures {
  private PairFeatures() {}

  /**
   * Embeds both examples of each pair. Pairs that cannot be read are left out and named in {@link
   * Embeddings#skipped}.
   *
   * @param pairs with the pairs' ids and labels
   * @param first the one example of a pair
   * @param second the other
   * @param <P> a pair
   * @param <E> an example
   */
  public static <P, E> Embeddings embed(
      Embedder<E> embedder, Dataset<P> pairs, Function<P, E> first, Function<P, E> second) {
    return of(
        embedder.embed(new Mapped<>(pairs, first)), embedder.embed(new Mapped<>(pairs, second)));
  }

  /**
   * The pairs of vectors made elsewhere.
   *
   * @param first a row for each pair, with the pair's id and label
   * @param second the pairs' other rows, in the same order and under the same ids
   * @return rows with the ids and labels of {@code first}
   * @throws KindredException if ids or widths differ
   */
  public static Embeddings of(Embeddings first, Embeddings second) {
    Rows.requireSameWidth("first rows", first.dimension(), "second rows", second);
    requireSameIds(first, second);
    return new Embeddings(
        first.ids(),
        first.labels(),
        first.classNames(),
        IntStream.range(0, first.size())
            .mapToObj(row -> of(first.vectors()[row], second.vectors()[row]))
            .toArray(float[][]::new),
        first.skipped());
  }

  /** The features of one pair of rows of one width. */
  static float[] of(float[] u, float[] v) {
    float[] features = Arrays.copyOf(u, 2 * u.length);
    for (int i = 0; i < u.length; i++) {
      features[i] = Math.abs(u[i] - v[i]);
      features[u.length + i] = u[i] * v[i];
    }
    return features;
  }

  private static void requireSameIds(Embeddings first, Embeddings second) {
    if (first.size() != second.size()) {
      throw new KindredException(
          "first rows and second rows must be equally many, were %d and %d; give two for each pair"
              .formatted(first.size(), second.size()));
    }
    for (int row = 0; row < first.size(); row++) {
      if (!first.ids().get(row).equals(second.ids().get(row))) {
        throw new KindredException(
            "row %d: both rows of a pair must have its id, but had %s and %s; put both in one order"
                .formatted(row, first.ids().get(row), second.ids().get(row)));
      }
    }
  }
}
