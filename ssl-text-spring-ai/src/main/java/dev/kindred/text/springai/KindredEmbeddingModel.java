package dev.kindred.text.springai;

import dev.kindred.embedding.UnitVectors;
import dev.kindred.text.SentenceEmbedder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * A sentence encoder as Spring AI's {@link EmbeddingModel}, in this process and without a network.
 * Vectors have length 1, so that stores find the same by cosine, dot product and distance.
 *
 * <p>The vector of a text of which the encoder knows no piece is zero. {@code SimpleVectorStore}
 * cannot compare that, and fails at every search of a store that holds one: leave such texts out.
 *
 * <p>Safe for use from several threads at once. An empty list of texts has no embeddings. Of a
 * document its text is embedded, its metadata is not.
 */
public final class KindredEmbeddingModel implements EmbeddingModel, AutoCloseable {
  private static final String NAME = "kindred";

  private final SentenceEmbedder embedder;

  private KindredEmbeddingModel(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /**
   * Opens the encoder saved in {@code folder}, such as {@code RUN/encoder}.
   *
   * @throws dev.kindred.runtime.KindredException as {@link SentenceEmbedder#load} says
   */
  public static KindredEmbeddingModel load(Path folder) {
    return of(SentenceEmbedder.load(folder));
  }

  /** Takes over an embedder: closing the model closes it. */
  public static KindredEmbeddingModel of(SentenceEmbedder embedder) {
    return new KindredEmbeddingModel(embedder);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a text is null, or the options ask for another dimension
   *     than the encoder's
   * @throws IllegalStateException if this model is closed
   */
  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    requireDimension(request.getOptions());
    List<String> texts = request.getInstructions();
    requireTexts(texts);
    float[][] vectors = embedder.embedTexts(texts);
    return new EmbeddingResponse(
        IntStream.range(0, vectors.length)
            .mapToObj(i -> new Embedding(UnitVectors.of(vectors[i]), i))
            .toList(),
        new EmbeddingResponseMetadata(NAME, new EmptyUsage()));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the document has no text, but another medium
   */
  @Override
  public float[] embed(Document document) {
    return embed(getEmbeddingContent(document));
  }

  @Override
  public String getEmbeddingContent(Document document) {
    String text = document.getText();
    if (text == null) {
      throw new IllegalArgumentException(
          "document %s must have a text, has another medium; leave it out"
              .formatted(document.getId()));
    }
    return text;
  }

  @Override
  public int dimensions() {
    return embedder.dimension();
  }

  /** Frees the network; may be called twice. Spring calls it for a bean. */
  @Override
  public void close() {
    embedder.close();
  }

  private void requireDimension(@Nullable EmbeddingOptions options) {
    Integer asked = options == null ? null : options.getDimensions();
    if (asked != null && asked != dimensions()) {
      throw new IllegalArgumentException(
          "dimensions must be %d, the encoder's, was %d; leave it out"
              .formatted(dimensions(), asked));
    }
  }

  private static void requireTexts(List<@Nullable String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i) == null) {
        throw new IllegalArgumentException("text %d must be given, was null".formatted(i + 1));
      }
    }
  }
}
