package dev.kindred.text.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.embedding.UnitVectors;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TinyEncoder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.content.Media;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.util.MimeTypeUtils;

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
    EmbeddingResponse response = model.embedForResponse(List.of(DOCTOR, THIEF, "a thief"));

    assertThat(response.getMetadata().getModel()).isEqualTo("kindred");
    assertThat(response.getResults()).extracting("index").containsExactly(0, 1, 2);
    try (SentenceEmbedder embedder = SentenceEmbedder.load(encoder)) {
      assertThat(response.getResults().get(1).getOutput())
          .containsExactly(UnitVectors.of(embedder.embed(THIEF)));
    }
    assertThat(model.embed(THIEF)).containsExactly(response.getResults().get(1).getOutput());
  }

  @Test
  void whatMeansAlikeIsAlike() {
    float[] doctor = model.embed(DOCTOR);
    assertThat(dot(doctor, model.embed(PHYSICIAN)))
        .isGreaterThan(dot(doctor, model.embed(THIEF)) + 0.2);
  }

  @Test
  void theDimensionIsKnownWithoutEmbedding() {
    KindredEmbeddingModel closed = KindredEmbeddingModel.load(encoder);
    closed.close();
    assertThat(closed.dimensions()).isEqualTo(TinyEncoder.DIMENSION);
  }

  @Test
  void nothingGivesNothing() {
    assertThat(model.embed(List.<String>of())).isEmpty();
    assertThat(model.embedForResponse(List.of()).getResults()).isEmpty();
  }

  @Test
  void documentsAreEmbeddedByTheirText() {
    Document document = Document.builder().text(THIEF).metadata("author", "a sailor").build();
    assertThat(model.embed(document)).containsExactly(model.embed(THIEF));
    assertThat(model.embed(List.of(document), EmbeddingOptions.builder().build(), List::of))
        .singleElement()
        .isEqualTo(model.embed(THIEF));
  }

  @Test
  void aDocumentWithoutTextIsNamed() {
    Media picture = new Media(MimeTypeUtils.IMAGE_PNG, URI.create("file:a.png"));
    Document document = Document.builder().id("seven").media(picture).build();
    assertThatThrownBy(() -> model.embed(document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("document seven must have a text, has another medium; leave it out");
  }

  @Test
  void aTextThatIsNullIsNamed() {
    assertThatThrownBy(() -> model.embed(Arrays.asList(DOCTOR, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("text 2 must be given, was null");
  }

  @Test
  void anotherDimensionIsRejected() {
    assertThat(model.call(request(TinyEncoder.DIMENSION)).getResults()).hasSize(1);
    assertThatThrownBy(() -> model.call(request(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimensions must be 32, the encoder's, was 8; leave it out");
  }

  @Test
  void threadsGetWhatOneGets() {
    List<float[]> alone = texts().mapToObj(i -> embed(model, i)).toList();
    List<float[]> together = texts().parallel().mapToObj(i -> embed(model, i)).toList();
    assertThat(together.toArray(float[][]::new)).isDeepEqualTo(alone.toArray(float[][]::new));
  }

  @Test
  void springClosesIt() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(KindredEmbeddingModel.class, () -> KindredEmbeddingModel.load(encoder));
    context.refresh();
    EmbeddingModel bean = context.getBean(EmbeddingModel.class);
    assertThat(bean.embed(DOCTOR)).hasSize(TinyEncoder.DIMENSION);

    context.close();

    assertThatThrownBy(() -> bean.embed(DOCTOR)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingClosesTheEmbedderAndMayHappenTwice() {
    SentenceEmbedder embedder = SentenceEmbedder.load(encoder);
    KindredEmbeddingModel closed = KindredEmbeddingModel.of(embedder);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> embedder.embed(DOCTOR)).isInstanceOf(IllegalStateException.class);
  }

  private static EmbeddingRequest request(int dimensions) {
    return new EmbeddingRequest(
        List.of(DOCTOR), EmbeddingOptions.builder().dimensions(dimensions).build());
  }

  private static IntStream texts() {
    return IntStream.range(0, 64);
  }

  private static float[] embed(EmbeddingModel model, int number) {
    return model.embed("sentence of the doctor " + "and a thief ".repeat(number % 7));
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
