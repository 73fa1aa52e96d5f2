package dev.kindred.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.runtime.KindredException;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.vision.ImageEmbedder;
import dev.kindred.vision.data.GeneratedShapes;
import dev.kindred.vision.data.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On two executors in JVMs of their own. */
@ExtendWith(LocalCluster.class)
class SparkEmbeddingTest {
  private static final int PHOTOS = 21;
  private static final int PARTITIONS = 4;
  private static final double SAME = 1e-5;

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static Path photos;
  private static Path imageModel;
  private static Path textModel;
  private static float[][] photoVectors;

  @BeforeAll
  static void startAndPaint() throws IOException {
    spark = LocalCluster.session();
    imageModel = TinyModels.images(folder.resolve("images"), 1);
    textModel = TinyModels.texts(folder.resolve("texts"));
    photos = Files.createDirectory(folder.resolve("photos of 2026"));
    GeneratedShapes shapes = GeneratedShapes.of(PHOTOS, 2 * TinyModels.CANVAS, 1);
    for (int i = 0; i < PHOTOS; i++) {
      ImageIO.write(shapes.get(i).toBufferedImage(), "png", photo(i).toFile());
    }
    photoVectors = embeddedAlone(imageModel);
  }

  @Test
  void imagesInAColumnGetTheVectorsThatTheyHaveAlone() throws IOException {
    List<Row> embedded =
        images()
            .batchSize(4)
            .embed(table(DataTypes.BinaryType, contents()), "value", "vector")
            .collectAsList();

    assertVectors(embedded, photoVectors);
  }

  @Test
  void pathsDoTooWithAndWithoutTheirScheme() {
    List<Object> paths = new ArrayList<>();
    for (int i = 0; i < PHOTOS; i++) {
      paths.add((i % 2 == 0 ? "" : i % 3 == 0 ? "file://" : "file:") + photo(i));
    }

    assertVectors(
        images().embed(table(DataTypes.StringType, paths), "value", "vector").collectAsList(),
        photoVectors);
  }

  @Test
  void textsHaveTheirVectorsWhateverSharesTheirBatch() {
    List<String> texts = texts(90);
    float[][] expected;
    try (SentenceEmbedder embedder = SentenceEmbedder.load(textModel)) {
      expected = embedder.embedTexts(texts);
    }
    Dataset<Row> rows = table(DataTypes.StringType, new ArrayList<>(texts));
    for (int batchSize : new int[] {1, 7, SparkEmbedding.DEFAULT_TEXTS}) {
      SparkEmbedding embedding = SparkEmbedding.texts(textModel.toString()).batchSize(batchSize);
      assertVectors(embedding.embed(rows, "value", "vector").collectAsList(), expected);
    }
  }

  @Test
  void everythingElseStaysAsItWas() throws IOException {
    Dataset<Row> rows = table(DataTypes.BinaryType, contents());
    Dataset<Row> embedded = images().batchSize(2).embed(rows, "value", "vector");

    assertThat(embedded.schema())
        .isEqualTo(
            rows.schema()
                .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false), true));
    assertThat(places(embedded.drop("vector"))).isEqualTo(places(rows));
    assertThat(embedded.select("tags").collectAsList())
        .isEqualTo(rows.select("tags").collectAsList());
  }

  @Test
  void aNullHasANullForItsVector() throws IOException {
    List<Object> contents = contents();
    contents.set(0, null);
    contents.set(PHOTOS - 1, null);

    List<Row> embedded =
        images().embed(table(DataTypes.BinaryType, contents), "value", "vector").collectAsList();

    assertVectors(embedded, with(null, 0, PHOTOS - 1));
  }

  @Test
  void whatCannotBeReadFailsInOneLineThatNamesIt() throws IOException {
    List<Object> paths = paths();
    paths.set(7, photo(7) + ".gone");
    Dataset<Row> embedded = images().embed(table(DataTypes.StringType, paths), "value", "vector");

    assertThatThrownBy(() -> SparkEmbedding.call(embedded::collectAsList))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "partition 1, row 2 (%s): no such file, or a link to none; mend it, or let its vector be null: .onUnreadable(Unreadable.NULL_VECTOR)"
                .formatted(paths.get(7)));
    assertThatThrownBy(embedded::collectAsList)
        .isInstanceOf(SparkException.class)
        .cause()
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("partition 1, row 2 (");
  }

  @Test
  void orItHasANullVectorAndNoRowIsLost() throws IOException {
    List<Object> contents = contents();
    contents.set(3, "<html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    contents.set(4, new byte[0]);
    contents.set(5, Arrays.copyOf((byte[]) contents.get(5), 60));

    List<Row> embedded =
        images()
            .onUnreadable(Unreadable.NULL_VECTOR)
            .embed(table(DataTypes.BinaryType, contents), "value", "vector")
            .collectAsList();

    assertVectors(embedded, with(null, 3, 4, 5));
  }

  @Test
  void filesElsewhereAreForSparkToRead() {
    List<Object> paths = paths();
    paths.set(0, "s3a://photos/0.png");

    assertThatThrownBy(
            () ->
                SparkEmbedding.run(
                    () ->
                        images()
                            .embed(table(DataTypes.StringType, paths), "value", "vector")
                            .collectAsList()))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining(
            "(s3a://photos/0.png): not a path of a mounted file system; read such files by Spark's binaryFile source");
  }

  @Test
  void aModelThatExecutorsDoNotSeeIsNamedWithTheFix() throws IOException {
    SparkEmbedding embedding = SparkEmbedding.images("/models/nowhere/encoder");
    Dataset<Row> embedded =
        embedding.embed(table(DataTypes.BinaryType, contents()), "value", "vector");

    assertThatThrownBy(() -> SparkEmbedding.run(embedded::count))
        .isInstanceOf(KindredException.class)
        .hasMessageMatching(
            "/models/nowhere/encoder: no saved encoder there on executor \\d \\([^)]+\\); put it on"
                + " storage that every executor sees under this path, or have the driver send it:"
                + " \\.shipped\\(\\)");
    assertThatThrownBy(embedded::count)
        .rootCause()
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("/models/nowhere/encoder: no saved encoder there on executor");
  }

  @Test
  void aShippedModelIsNeededOnTheDriverOnly() throws IOException {
    Path here = TinyModels.images(folder.resolve("here"), 2);
    float[][] expected = embeddedAlone(here);
    Dataset<Row> embedded =
        SparkEmbedding.images(here.toString())
            .shipped()
            .embed(table(DataTypes.BinaryType, contents()), "value", "vector");
    Files.move(here, folder.resolve("gone"));

    assertVectors(embedded.collectAsList(), expected);
    assertThat(expected[0]).isNotEqualTo(photoVectors[0]);
  }

  @Test
  void aModelThatWasTrainedAnewInItsPlaceIsUsed() throws IOException {
    Path place = TinyModels.images(folder.resolve("place"), 1);
    SparkEmbedding embedding = SparkEmbedding.images(place.toString());
    Dataset<Row> rows = table(DataTypes.BinaryType, contents());
    assertVectors(embedding.embed(rows, "value", "vector").collectAsList(), photoVectors);

    TinyModels.images(place, 3);

    assertVectors(embedding.embed(rows, "value", "vector").collectAsList(), embeddedAlone(place));
  }

  @Test
  void eachExecutorOpensAModelOnce() {
    String model = textModel.toString();
    MapPartitionsFunction<Long, String> seen =
        numbers ->
            List.of(
                    SparkEnv.get().executorId()
                        + " "
                        + System.identityHashCode(
                            OpenEncoders.of(Content.TEXTS, new SharedModel(model))))
                .iterator();

    List<String> all =
        spark.range(0, 24, 1, 12).mapPartitions(seen, Encoders.STRING()).collectAsList();

    assertThat(all).hasSize(12);
    assertThat(new HashSet<>(all)).hasSameSizeAs(executors(all)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void whatTheDriverCanSeeIsRefusedBeforeAnyJob() throws IOException {
    Dataset<Row> rows = table(DataTypes.BinaryType, contents());
    SparkEmbedding texts = SparkEmbedding.texts(textModel.toString());

    assertThatThrownBy(() -> images().embed(rows, "valeu", "vector"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown column \"valeu\"; did you mean value? known: id, tags, value");
    assertThatThrownBy(() -> images().embed(rows.join(rows.select("value")), "value", "vector"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column must be the name of one column, was value, which 2 have");
    assertThatThrownBy(() -> images().embed(rows, "tags", "vector"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "column tags must be binary or string for an encoder of domain image, was array<string>");
    assertThatThrownBy(() -> texts.embed(rows, "value", "vector"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column value must be string for an encoder of domain text, was binary");
    assertThatThrownBy(() -> images().embed(rows, "value", "ID"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("into must be a column that is not there yet, was ID");
    assertThatThrownBy(
            () -> SparkEmbedding.images(textModel.toString()).embed(rows, "value", "vector"))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("an encoder of domain text cannot be used for domain image");
    assertThatThrownBy(
            () -> SparkEmbedding.images(photos.toString()).embed(rows, "value", "vector"))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("not a saved encoder");
    assertThatThrownBy(
            () -> SparkEmbedding.images("nowhere").shipped().embed(rows, "value", "vector"))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("nowhere: not a saved encoder");
    assertThatThrownBy(() -> images().batchSize(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherFailuresOfAnActionStayWhatTheyAre() {
    assertThatThrownBy(
            () ->
                SparkEmbedding.run(
                    () -> {
                      throw new IllegalStateException("mine");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");
  }

  private static SparkEmbedding images() {
    return SparkEmbedding.images(imageModel.toString());
  }

  private static Path photo(int number) {
    return photos.resolve("%02d.png".formatted(number));
  }

  private static List<Object> paths() {
    return IntStream.range(0, PHOTOS)
        .<Object>mapToObj(i -> photo(i).toString())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<Object> contents() throws IOException {
    List<Object> contents = new ArrayList<>();
    for (int i = 0; i < PHOTOS; i++) {
      contents.add(Files.readAllBytes(photo(i)));
    }
    return contents;
  }

  /** Texts of no letter to more than the encoder takes. */
  private static List<String> texts(int count) {
    Random random = new Random(1);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                random
                    .ints(i % 31, 'a', 'z' + 1)
                    .mapToObj(letter -> (char) letter + (random.nextInt(4) == 0 ? " " : ""))
                    .collect(Collectors.joining()))
        .toList();
  }

  /** Rows of an id, something that is not for us, and the values. */
  private static Dataset<Row> table(DataType type, List<Object> values) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add(RowFactory.create(i, new String[] {"a" + i, null}, values.get(i)));
    }
    Metadata metadata = new MetadataBuilder().putString("comment", "of the user").build();
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType, false)
            .add("tags", DataTypes.createArrayType(DataTypes.StringType))
            .add(new StructField("value", type, true, metadata));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(rows, PARTITIONS), schema);
  }

  /** What {@code kindred embed} makes of the photos. */
  private static float[][] embeddedAlone(Path model) {
    try (ImageEmbedder embedder = ImageEmbedder.load(model);
        ImageFolder images = ImageFolder.open(photos).decodeTo(TinyModels.CANVAS)) {
      return embedder.embed(images).vectors();
    }
  }

  private static float[] @Nullable [] with(float @Nullable [] other, int... places) {
    float[][] changed = photoVectors.clone();
    for (int place : places) {
      changed[place] = other;
    }
    return changed;
  }

  private static List<List<Object>> places(Dataset<Row> rows) {
    return rows
        .select(
            functions.col("id"),
            functions.spark_partition_id(),
            functions.hash(functions.col("value")))
        .collectAsList()
        .stream()
        .map(row -> List.of(row.get(0), row.get(1), row.get(2)))
        .toList();
  }

  /** Ids count up from 0 in all that is collected from a {@link #table}. */
  private static void assertVectors(List<Row> embedded, float[] @Nullable [] expected) {
    assertThat(embedded).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(embedded.get(i).getInt(0)).isEqualTo(i);
      if (expected[i] == null) {
        assertThat(embedded.get(i).isNullAt(3)).isTrue();
      } else {
        assertThat(vector(embedded.get(i))).containsExactly(expected[i], within((float) SAME));
      }
    }
  }

  private static float[] vector(Row row) {
    List<Float> numbers = row.getList(row.fieldIndex("vector"));
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i);
    }
    return vector;
  }

  private static HashSet<String> executors(List<String> seen) {
    return seen.stream()
        .map(one -> one.split(" ", -1)[0])
        .collect(Collectors.toCollection(HashSet::new));
  }
}
