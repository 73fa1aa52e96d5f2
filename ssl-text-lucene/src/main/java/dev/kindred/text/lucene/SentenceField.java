package dev.kindred.text.lucene;

import dev.kindred.embedding.UnitVectors;
import dev.kindred.text.SentenceEmbedder;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * A field of a Lucene index that holds what texts mean, found by the cosine. Vectors are indexed at
 * length 1 and compared by dot product, the quickest of Lucene's ways to the cosine; that of a text
 * of which the encoder knows no piece is zero, which is like nothing.
 *
 * <p>Index and queries need the same encoder. It stays the caller's, who closes it when nothing is
 * indexed or asked any more. Safe for use from several threads at once. Lucene's own formats take
 * vectors of up to 1024 numbers.
 *
 * @param name the field's
 * @param embedder what turns texts into vectors; not closed by this
 */
public record SentenceField(String name, SentenceEmbedder embedder) {
  private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.DOT_PRODUCT;

  /**
   * The field for one text, to be added to a document.
   *
   * @throws IllegalStateException if the embedder is closed
   */
  public KnnFloatVectorField field(String text) {
    return fields(List.of(text)).get(0);
  }

  /**
   * The fields for texts in their order, each for a document of its own: quicker together than one
   * by one.
   *
   * @throws IllegalStateException if the embedder is closed
   */
  public List<KnnFloatVectorField> fields(List<String> texts) {
    return Arrays.stream(embedder.embedTexts(texts))
        .map(vector -> new KnnFloatVectorField(name, UnitVectors.of(vector), SIMILARITY))
        .toList();
  }

  /**
   * What finds the {@code k} documents that mean most like {@code text}.
   *
   * @throws IllegalArgumentException if {@code k < 1}
   * @throws IllegalStateException if the embedder is closed
   */
  public KnnFloatVectorQuery query(String text, int k) {
    return query(text, k, null);
  }

  /**
   * What finds the {@code k} documents that mean most like {@code text} among those of {@code
   * filter}.
   *
   * @param filter null for all
   * @throws IllegalArgumentException if {@code k < 1}
   * @throws IllegalStateException if the embedder is closed
   */
  public KnnFloatVectorQuery query(String text, int k, @Nullable Query filter) {
    return new KnnFloatVectorQuery(name, UnitVectors.of(embedder.embed(text)), k, filter);
  }

  /** The cosine, {@code [-1, 1]}, behind a score that Lucene gave. */
  public static double cosine(float score) {
    return Math.max(-1, Math.min(1, 2 * (double) score - 1));
  }
}
