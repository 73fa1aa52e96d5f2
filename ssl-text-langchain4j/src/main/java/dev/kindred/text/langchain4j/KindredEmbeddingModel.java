package dev.kindred.text.langchain4j;

import dev.kindred.embedding.UnitVectors;
import dev.kindred.text.SentenceEmbedder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.embedding.response.EmbeddingResponseMetadata;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A sentence encoder as LangChain4j's {@link EmbeddingModel}, in this process and without a
 * network. Vectors have length 1, so that stores find the same by cosine, dot product and distance;
 * that of a text of which the encoder knows no piece is zero.
 *
 * <p>Safe for use from several threads at once. An empty list of segments has no embeddings. A
 * request may carry no parameters: dimension and meaning are the encoder's. What its tokens cost is
 * not told, for they cost nothing.
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
   * @throws IllegalStateException if this model is closed
   */
  @Override
  public EmbeddingResponse doEmbed(EmbeddingRequest request) {
    List<String> texts = request.inputs().stream().map(EmbeddingInput::text).toList();
    return EmbeddingResponse.builder()
        .embeddings(embeddings(texts))
        .metadata(EmbeddingResponseMetadata.builder().modelName(NAME).build())
        .build();
  }

  @Override
  public int dimension() {
    return embedder.dimension();
  }

  @Override
  public String modelName() {
    return NAME;
  }

  /** Frees the network; may be called twice. */
  @Override
  public void close() {
    embedder.close();
  }

  private List<Embedding> embeddings(List<String> texts) {
    return Arrays.stream(embedder.embedTexts(texts))
        .map(vector -> Embedding.from(UnitVectors.of(vector)))
        .toList();
  }
}
