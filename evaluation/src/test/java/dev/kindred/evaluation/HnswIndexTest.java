package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.UnitVectors;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HnswIndexTest {
  private static final float[] EAST = {1, 0};

  @TempDir Path temporary;

  @Test
  void whatWasIndexedComesBack() {
    float[][] vectors = {{3, 0}, {0, 2}, {0, 0}, {-1, 0}};
    int[] labels = {1, 0, Dataset.NO_LABEL, 1};
    Embeddings rows =
        new Embeddings(
            List.of("b/1", "a\t2", "none", "ä"), labels, List.of("x", "y"), vectors, List.of());
    Path folder = create(rows);
    try (HnswIndex index = HnswIndex.open(folder)) {
      Embeddings back = index.rows();
      assertThat(back.ids()).isEqualTo(rows.ids());
      assertThat(back.labels()).isEqualTo(labels);
      assertThat(back.classNames()).containsExactly("x", "y");
      assertThat(back.vectors()).isDeepEqualTo(new float[][] {{1, 0}, {0, 1}, {0, 0}, {-1, 0}});
      assertThat(IntStream.range(0, 4).mapToObj(index::className))
          .containsExactly("y", "x", "", "y");
      assertThat(index.vector(1)).containsExactly(0, 1);
      assertThat(index.size()).isEqualTo(4);
      assertThat(index.dimension()).isEqualTo(2);
      assertThat(index.settings()).isEqualTo(HnswSettings.defaults());
      List<Neighbour> all = index.nearest(new float[] {0.5f, 0}, 9);
      assertThat(all).extracting(Neighbour::id).containsExactly("b/1", "a\t2", "none", "ä");
      assertThat(all).extracting(Neighbour::similarity).containsExactly(1.0, 0.0, 0.0, -1.0);
    }
  }

  @Test
  void rowsAreAddedBehindThoseThatAreThere() {
    Path folder = create(named(List.of("ant", "bee"), 0, 3));
    try (HnswIndex before = HnswIndex.open(folder)) {
      // Of the same classes in another order, and a new one.
      HnswIndex.add(folder, named(List.of("bee", "cow", "ant"), 3, 7));
      HnswIndex.add(folder, named(List.of("cow"), 7, 8));
      assertThat(before.size()).isEqualTo(3);
      assertThat(before.nearest(EAST, 10)).hasSize(3);
    }
    try (HnswIndex index = HnswIndex.open(folder)) {
      assertThat(index.ids()).isEqualTo(IntStream.range(0, 8).mapToObj(i -> "row" + i).toList());
      assertThat(IntStream.range(0, 8).mapToObj(index::className))
          .containsExactly("ant", "bee", "ant", "bee", "cow", "ant", "bee", "cow");
      assertThat(index.rows().classNames()).containsExactly("ant", "bee", "cow");
      for (int row = 0; row < 8; row++) {
        assertThat(index.vector(row)).containsExactly(at(row), within(1e-6f));
        assertThat(index.nearest(at(row), 1).get(0).row()).isEqualTo(row);
      }
    }
  }

  @Test
  void vectorsMayBeWiderThanLucenesDefaultAllows() {
    Embeddings wide = Examples.clouds(60, 1100, 3, 5);
    Path folder = create(wide);
    HnswIndex.add(folder, renamed(Examples.clouds(40, 1100, 3, 6)));
    try (HnswIndex index = HnswIndex.open(folder)) {
      assertThat(index.dimension()).isEqualTo(1100);
      assertThat(index.nearest(wide.vectors()[17], 1).get(0).row()).isEqualTo(17);
      assertThat(index.vector(99)).hasSize(1100);
    }
  }

  @Test
  void nearlyAllNeighboursAreFoundAndCosinesAreTrue() {
    Embeddings bank = Examples.clouds(4000, 48, 4, 1);
    Embeddings queries = Examples.clouds(200, 48, 4, 2);
    Path folder = create(bank.select(IntStream.range(0, 3000).toArray()));
    HnswIndex.add(folder, bank.select(IntStream.range(3000, 4000).toArray()));
    try (HnswIndex index = HnswIndex.open(folder);
        ExactSearch exact = new ExactSearch(bank)) {
      HnswComparison comparison =
          HnswComparison.of(index, exact, queries.vectors(), 10, 100, 0.001);
      assertThat(comparison.recall()).isGreaterThan(0.95);
      assertThat(recall(index, exact, queries, 10)).isLessThan(recall(index, exact, queries, 200));
      assertThat(comparison.speeds())
          .extracting(HnswComparison.Speed::batch)
          .containsExactly(1, 2, 4, 8, 16, 32, 64, 128);
      List<List<Neighbour>> together = index.nearest(queries.vectors(), 10);
      for (int query = 0; query < 200; query += 40) {
        float[] wanted = queries.vectors()[query];
        assertThat(index.nearest(wanted, 10)).isEqualTo(together.get(query));
        for (Neighbour found : together.get(query)) {
          assertThat(found.similarity())
              .isEqualTo(Rows.cosine(wanted, bank.vectors()[found.row()]), within(1e-6));
        }
      }
    }
  }

  @Test
  void equallyNearRowsComeInTheirOrder() {
    float[][] equal = new float[40][];
    Arrays.fill(equal, EAST);
    Path folder =
        create(Embeddings.of(IntStream.range(0, 40).mapToObj(i -> "row" + i).toList(), equal));
    try (HnswIndex index = HnswIndex.open(folder)) {
      assertThat(index.nearest(EAST, 40))
          .extracting(Neighbour::row)
          .isEqualTo(IntStream.range(0, 40).boxed().toList());
    }
  }

  @Test
  void whatIsNotCommittedLeavesTheIndexAsItWas() throws IOException {
    Path folder = create(named(List.of("ant", "bee"), 0, 3));
    Path killed = Files.createDirectory(temporary.resolve("killed"));
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      Document document = new Document();
      document.add(new StringField("other", "half", Field.Store.NO));
      writer.addDocument(document);
      writer.flush();
      // As the disk is left if the process is killed now.
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.copy(file, killed.resolve(file.getFileName().toString()));
        }
      }
      assertThatThrownBy(() -> HnswIndex.add(folder, named(List.of("ant"), 3, 4)))
          .isInstanceOf(KindredException.class)
          .hasMessage(folder + ": another process is adding to it; wait until it is done");
      writer.rollback();
    }
    try (Stream<Path> files = Files.list(killed)) {
      assertThat(files.count()).isGreaterThan(Files.list(folder).count());
    }
    for (Path each : List.of(folder, killed)) {
      try (HnswIndex index = HnswIndex.open(each)) {
        assertThat(index.ids()).containsExactly("row0", "row1", "row2");
      }
      HnswIndex.add(each, named(List.of("ant"), 3, 4));
      try (HnswIndex index = HnswIndex.open(each)) {
        assertThat(index.size()).isEqualTo(4);
      }
    }
  }

  @Test
  void aRowThatCannotBeKeptAddsNone() {
    Path folder = create(named(List.of("ant", "bee"), 0, 3));
    Embeddings bad =
        new Embeddings(
            List.of("good", "bad"),
            new int[] {0, 1},
            List.of("ant", "x".repeat(40_000)),
            new float[][] {EAST, EAST},
            List.of());
    assertThatThrownBy(() -> HnswIndex.add(folder, bad))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(folder + ": a row cannot be kept (");
    try (HnswIndex index = HnswIndex.open(folder)) {
      assertThat(index.size()).isEqualTo(3);
    }
    Path fresh = temporary.resolve("fresh");
    assertThatThrownBy(() -> HnswIndex.create(fresh, bad, HnswSettings.defaults()))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(fresh + ": a row cannot be kept (");
    assertThat(fresh).doesNotExist();
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Embeddings rows = named(List.of("ant", "bee"), 0, 3);
    Path folder = create(rows);
    refuses(() -> HnswIndex.add(folder, rows), folder + ": ids must be unique, but row0 is in the");
    refuses(
        () -> HnswIndex.add(folder, Embeddings.of(List.of("y"), new float[1][3])),
        "index and rows to add must be equally wide, were 2 and 3");
    refuses(
        () -> HnswIndex.create(folder, rows, HnswSettings.defaults()),
        folder + ": a new index needs a new or empty folder, but this holds something");
    refuses(
        () ->
            HnswIndex.create(
                temporary.resolve("unnamed"),
                Examples.of(List.of(), new int[1], EAST),
                HnswSettings.defaults()),
        "every label must have a class name, but row0 has label 0 of 0 classes");
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    refuses(() -> HnswIndex.open(empty), empty + ": is no index of vectors (no commit is in it)");
    Path none = temporary.resolve("none");
    refuses(() -> HnswIndex.open(none), none + ": is no index of vectors (there is no such folder");
    refuses(() -> HnswIndex.add(none, rows), none + ": is no index of vectors (there is no such");
    Path other = temporary.resolve("other");
    try (Directory directory = FSDirectory.open(other);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.addDocument(new Document());
    }
    refuses(() -> HnswIndex.open(other), other + ": is no index of vectors (another program's");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HnswSettings(1, 100))
        .withMessage("m must be in [2, 512], was 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HnswSettings(16, 3201))
        .withMessage("efConstruction must be in [1, 3200], was 3201");
  }

  @Test
  void searchesRefuseWhatDoesNotFitAndAClosedIndex() {
    HnswIndex index = HnswIndex.open(create(named(List.of("ant", "bee"), 0, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.nearest(new float[3], 1))
        .withMessage(
            "query must be 2 wide like the index, was 3; embed it with the model of the index");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.nearest(EAST, 0))
        .withMessage("k must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.nearest(new float[][] {EAST}, 5, 4))
        .withMessage("ef must be >= k, which is 5, was 4");
    index.close();
    index.close();
    assertThatThrownBy(() -> index.nearest(EAST, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the index is closed; open it again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"segments_1", ".vec", ".vex", ".vem", ".dvd", ".si"})
  void aFileThatIsCutShortOrGoneIsTold(String suffix) throws IOException {
    Path folder = create(named(List.of("ant", "bee"), 0, 200));
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.filter(each -> each.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() * 2 / 3);
    }
    String message = folder + ": is damaged or cut short, or of another version (";
    refuses(() -> HnswIndex.open(folder), message);
    Files.delete(file);
    if (!suffix.startsWith("segments")) {
      refuses(() -> HnswIndex.open(folder), message);
    }
  }

  private static double recall(HnswIndex index, ExactSearch exact, Embeddings queries, int ef) {
    return HnswComparison.of(index, exact, queries.vectors(), 10, ef, 0).recall();
  }

  private static void refuses(Runnable work, String message) {
    assertThatThrownBy(work::run)
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(message);
  }

  private Path create(Embeddings rows) {
    try {
      Path folder = Files.createTempDirectory(temporary, "index");
      HnswIndex.create(folder, rows, HnswSettings.defaults());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows in directions of their own, whose classes take turns. */
  private static Embeddings named(List<String> classNames, int from, int end) {
    return new Embeddings(
        IntStream.range(from, end).mapToObj(i -> "row" + i).toList(),
        IntStream.range(from, end).map(i -> (i - from) % classNames.size()).toArray(),
        classNames,
        IntStream.range(from, end).mapToObj(HnswIndexTest::at).toArray(float[][]::new),
        List.of());
  }

  private static Embeddings renamed(Embeddings rows) {
    return Embeddings.of(
        rows.ids().stream().map(id -> "other " + id).toList(),
        Arrays.stream(rows.vectors()).map(UnitVectors::of).toArray(float[][]::new));
  }

  private static float[] at(int step) {
    return new float[] {(float) Math.cos(step * 0.1), (float) Math.sin(step * 0.1)};
  }
}
