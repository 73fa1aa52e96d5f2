package dev.kindred.text.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.runtime.KindredException;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TinyEncoder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindredEmbeddingModelTest {
  private static final String DOCTOR = "the doctor repaired a bicycle";
  private static final String PHYSICIAN = "a bike was fixed by the physician";
  private static final String THIEF = "a thief hid the painting";

  @TempDir private static Path folder;
  private static Path encoder;
  private static KindredEmbeddingModel model;

  @BeforeAll
  static void train() {
    encoder = TinyEncoder.train(folder);
    model = KindredEmbeddingModel.load(encoder);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void vectorsAreTheEncodersAtLengthOneInTheirOrder() {
    List<Embedding> embeddings = model.embedAll(segments(DOCTOR, THIEF, "a thief")).content();

    assertThat(embeddings).hasSize(3);
    try (SentenceEmbedder embedder = SentenceEmbedder.load(encoder)) {
      float[] raw = embedder.embed(THIEF);
      assertThat(CosineSimilarity.between(embeddings.get(1), Embedding.from(raw)))
          .isCloseTo(1, within(1e-5));
    }
    assertThat(embeddings.get(1)).isEqualTo(model.embed(THIEF).content());
    assertThat(length(embeddings.get(0))).isCloseTo(1, within(1e-5));
  }

  @Test
  void whatMeansAlikeIsAlike() {
    Embedding doctor = model.embed(DOCTOR).content();
    assertThat(CosineSimilarity.between(doctor, model.embed(PHYSICIAN).content()))
        .isGreaterThan(CosineSimilarity.between(doctor, model.embed(THIEF).content()) + 0.2);
  }

  @Test
  void theDimensionIsKnownWithoutEmbedding() {
    KindredEmbeddingModel closed = KindredEmbeddingModel.load(encoder);
    closed.close();
    assertThat(closed.dimension()).isEqualTo(TinyEncoder.DIMENSION);
    assertThat(model.modelName()).isEqualTo("kindred");
  }

  @Test
  void nothingGivesNothing() {
    assertThat(model.embedAll(List.of()).content()).isEmpty();
  }

  @Test
  void aTextWithoutKnownPiecesHasTheZeroVector() {
    assertThat(model.embed("\u65e5\u672c\u8a9e").content().vector()).containsOnly(0);
  }

  @Test
  void parametersThatItCannotFollowAreRejected() {
    EmbeddingRequest shorter = EmbeddingRequest.builder().input(DOCTOR).dimensions(8).build();
    assertThatThrownBy(() -> model.embed(shorter))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("dimensions");
  }

  @Test
  void threadsGetWhatOneGets() {
    List<Embedding> alone = texts().mapToObj(i -> embed(model, i)).toList();
    List<Embedding> together = texts().parallel().mapToObj(i -> embed(model, i)).toList();
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void closingClosesTheEmbedderAndMayHappenTwice() {
    SentenceEmbedder embedder = SentenceEmbedder.load(encoder);
    KindredEmbeddingModel closed = KindredEmbeddingModel.of(embedder);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.embed(DOCTOR)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> embedder.embed(DOCTOR)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFolderWithoutAnEncoderIsNamed() {
    assertThatThrownBy(() -> KindredEmbeddingModel.load(folder))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(folder + ": not a saved encoder");
  }

  private static IntStream texts() {
    return IntStream.range(0, 64);
  }

  private static Embedding embed(EmbeddingModel model, int number) {
    return model.embed("sentence of the doctor " + "and a thief ".repeat(number % 7)).content();
  }

  private static List<TextSegment> segments(String... texts) {
    return List.of(texts).stream().map(TextSegment::from).toList();
  }

  private static double length(Embedding embedding) {
    double squares = 0;
    for (float value : embedding.vector()) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
