package dev.kindred.text.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.UnitVectors;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TinyEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceFieldTest {
  private static final String UNKNOWN = "\u65e5\u672c\u8a9e";
  private static final List<String> TEXTS =
      List.of(
          "a bike was fixed by the physician",
          "a thief hid the painting",
          UNKNOWN,
          "the cook washed a car",
          "on the beach the lawyer sold a boat");

  @TempDir private static Path folder;
  private static SentenceEmbedder embedder;
  private static SentenceField meaning;
  private static DirectoryReader reader;

  @BeforeAll
  static void index() throws IOException {
    embedder = SentenceEmbedder.load(TinyEncoder.train(folder));
    meaning = new SentenceField("meaning", embedder);
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    List<KnnFloatVectorField> fields = meaning.fields(TEXTS);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int i = 0; i < TEXTS.size(); i++) {
        Document document = new Document();
        document.add(fields.get(i));
        document.add(new StringField("text", TEXTS.get(i), Field.Store.YES));
        writer.addDocument(document);
      }
    }
    reader = DirectoryReader.open(directory);
  }

  @AfterAll
  static void close() throws IOException {
    reader.close();
    embedder.close();
  }

  @Test
  void theNearestAreThoseOfTheHighestCosine() {
    String query = "the doctor repaired a bicycle";
    List<String> byCosine =
        TEXTS.stream()
            .sorted(Comparator.comparingDouble(text -> -cosine(query, text)))
            .limit(3)
            .toList();

    assertThat(texts(search(meaning.query(query, 3), 3))).isEqualTo(byCosine);
    assertThat(byCosine.get(0)).isEqualTo(TEXTS.get(0));
  }

  @Test
  void scoresTellTheCosine() {
    for (ScoreDoc hit : search(meaning.query("a robber concealed an artwork", 5), 5)) {
      assertThat(SentenceField.cosine(hit.score))
          .isCloseTo(cosine("a robber concealed an artwork", text(hit)), within(1e-5));
    }
    assertThat(SentenceField.cosine(1.0000001f)).isEqualTo(1);
  }

  @Test
  void aFilterLeavesOthersOut() {
    Query onlyCook = new TermQuery(new Term("text", TEXTS.get(3)));
    assertThat(texts(search(meaning.query(TEXTS.get(0), 3, onlyCook), 3)))
        .containsExactly(TEXTS.get(3));
  }

  @Test
  void aTextWithoutKnownPiecesIsLikeNothing() {
    assertThat(search(meaning.query(UNKNOWN, 5), 5))
        .hasSize(5)
        .allSatisfy(hit -> assertThat(SentenceField.cosine(hit.score)).isZero());
  }

  @Test
  void oneFieldIsWhatManyAre() {
    assertThat(meaning.field(TEXTS.get(1)).vectorValue())
        .containsExactly(meaning.fields(TEXTS).get(1).vectorValue());
    assertThat(meaning.fields(List.of())).isEmpty();
  }

  @Test
  void threadsFindWhatOneFinds() {
    List<List<String>> alone = queries().mapToObj(SentenceFieldTest::find).toList();
    assertThat(queries().parallel().mapToObj(SentenceFieldTest::find).toList()).isEqualTo(alone);
  }

  @Test
  void fewerThanOneIsRejected() {
    assertThatThrownBy(() -> meaning.query("a thief", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("k must be at least 1, got: 0");
  }

  private static IntStream queries() {
    return IntStream.range(0, 32);
  }

  private static List<String> find(int number) {
    return texts(search(meaning.query(TEXTS.get(number % 2) + " again", 3), 3));
  }

  private static ScoreDoc[] search(Query query, int k) {
    try {
      return new IndexSearcher(reader).search(query, k).scoreDocs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(ScoreDoc... hits) {
    return Arrays.stream(hits).map(SentenceFieldTest::text).toList();
  }

  private static String text(ScoreDoc hit) {
    try {
      return reader.storedFields().document(hit.doc).get("text");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double cosine(String one, String other) {
    float[] a = UnitVectors.of(embedder.embed(one));
    float[] b = UnitVectors.of(embedder.embed(other));
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
