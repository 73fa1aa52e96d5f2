package dev.kindred.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingFilesTest {
  private static final float[] VALUES = {1.5f, -2, 0, Float.MIN_VALUE, Float.MAX_VALUE, -0f};

  @TempDir Path dir;

  @Test
  void readsBackWhatItWrote() {
    Embeddings written =
        new Embeddings(
            List.of("a/1.png", "b/2.png", "c"),
            new int[] {1, 0, Dataset.NO_LABEL},
            List.of("zebra", "ape"),
            new float[][] {{1.5f, -2}, {0, Float.MIN_VALUE}, {Float.MAX_VALUE, -0f}},
            List.of());
    Path npy = dir.resolve("x.npy");
    EmbeddingFiles.write(written, npy);
    Embeddings read = EmbeddingFiles.read(npy);
    assertThat(read.ids()).isEqualTo(written.ids());
    assertThat(read.vectors()).isDeepEqualTo(written.vectors());
    assertThat(read.classNames()).containsExactly("ape", "zebra");
    assertThat(read.labels()).containsExactly(0, 1, Dataset.NO_LABEL);
  }

  @Test
  void readsMatricesLargerThanItsBuffer() {
    float[][] vectors = new float[700][701];
    for (int i = 0; i < 700 * 701; i++) {
      vectors[i / 701][i % 701] = i;
    }
    Path npy = dir.resolve("x.npy");
    EmbeddingFiles.write(unlabelled(vectors), npy);
    assertThat(EmbeddingFiles.read(npy).vectors()).isDeepEqualTo(vectors);
  }

  @Test
  void writesTheBytesThatNumPyWrites() throws IOException {
    Path npy = dir.resolve("x.npy");
    EmbeddingFiles.write(
        unlabelled(new float[][] {{1.5f, -2, 0}, {VALUES[3], VALUES[4], -0f}}), npy);
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    assertThat(Files.readAllBytes(npy))
        .isEqualTo(npy(1, header + " ".repeat(117 - header.length()) + "\n", VALUES));
    assertThat(Files.size(npy) - 24).as("start of the data").isEqualTo(128).isEqualTo(2 * 64);
  }

  @Test
  void writesTheTable() throws IOException {
    Path npy = dir.resolve("x.npy");
    EmbeddingFiles.write(
        new Embeddings(
            List.of("a\tb\\c\n", "ü"),
            new int[] {0, Dataset.NO_LABEL},
            List.of("big cat"),
            new float[2][1],
            List.of()),
        npy);
    assertThat(dir.resolve("x.tsv"))
        .content(StandardCharsets.UTF_8)
        .isEqualTo("id\tlabel\na\\tb\\\\c\\n\tbig cat\nü\t\n");
    assertThat(EmbeddingFiles.read(npy).ids()).containsExactly("a\tb\\c\n", "ü");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
          1 | {'shape': (2, 3), 'fortran_order': False, 'descr': '<f4'}
          1 | {'descr':'<f4','fortran_order':False,'shape':(2L,3L)}
          2 | {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
          3 | {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
          """)
  void readsEveryVersionAndOrderOfKeys(int version, String header) throws IOException {
    table("a\t\nb\t");
    Path npy = Files.write(dir.resolve("x.npy"), npy(version, header.replace('"', '\''), VALUES));
    float[][] vectors = EmbeddingFiles.read(npy).vectors();
    assertThat(vectors).isDeepEqualTo(new float[][] {{1.5f, -2, 0}, {VALUES[3], VALUES[4], -0f}});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'descr': '<f8', 'fortran_order': False, 'shape': (1, 3), } | little-endian float32
          {'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), } | little-endian float32
          {'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2, 3), } | float32
          {'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), } | C order
          {'descr': '<f4', 'shape': (2, 3), } | C order
          {'descr': '<f4', 'fortran_order': False, } | matrix
          {'descr': '<f4', 'fortran_order': False, 'shape': (6,), } | matrix
          {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 1), } | matrix
          {'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3), } | matrix
          {'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), } | at least one
          {'descr': '<f4', 'fortran_order': False, 'shape': (2, 0), } | at least one
          {'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), } | 24 bytes
          {'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), } | 24 bytes
          {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), } | 24 bytes
          {'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), } | 24 bytes
          {'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999, 9), } | 24 bytes
          %s %d % | little-endian float32
          """)
  void refusesWhatIsNotAMatrixOfFloats(String header, String rule) throws IOException {
    table("a\t\nb\t");
    assertRefused(npy(1, header.replace('"', '\''), VALUES), rule);
  }

  @Test
  void refusesFilesThatAreNotNumPys() throws IOException {
    table("a\t");
    assertRefused(new byte[0], "truncated");
    assertRefused("<html><body>404".getBytes(StandardCharsets.UTF_8), "not a NumPy file");
    assertRefused(npy(4, "{}", VALUES), "version must be 1, 2 or 3, was 4");
    byte[] whole = npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", VALUES);
    for (int length : new int[] {3, 7, 9, 20, whole.length - 1}) {
      assertThatThrownBy(() -> read(java.util.Arrays.copyOf(whole, length)))
          .as("%d bytes", length)
          .isInstanceOf(KindredException.class)
          .hasMessageStartingWith(dir.resolve("x.npy") + ": ")
          .hasMessageContaining("write it again");
    }
  }

  @Test
  void refusesAHeaderTooLongToBeTrue() throws IOException {
    byte[] bytes = npy(2, "{}", VALUES);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
    assertRefused(bytes, "says it has 4294967295");
  }

  @Test
  void refusesValuesThatAreNotFinite() throws IOException {
    table("a\t");
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
    assertRefused(npy(1, header, new float[] {1, Float.NaN}), "vectors must be finite");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id,label\na\t\n",
        "id\tlabel\na\t\na\t\n",
        "id\tlabel\na\n",
        "id\tlabel\na\tb\tc\n",
        "id\tlabel\n\tb\n",
        "id\tlabel\nC:\\dir\tb\n",
        "id\tlabel\na\\\tb\n"
      })
  void refusesOtherTablesNamingTheLine(String text) throws IOException {
    Files.writeString(dir.resolve("x.tsv"), text);
    assertThatThrownBy(() -> read(one()))
        .isInstanceOf(KindredException.class)
        .hasMessageMatching("[^\\n]*x\\.tsv: line [123]: [^\\n]+");
  }

  @Test
  void refusesATableOfAnotherLength() throws IOException {
    table("a\t\nb\t");
    assertRefused(one(), "must have one line for each of the 1 rows");
  }

  @Test
  void refusesATableThatIsNotText() throws IOException {
    Files.write(dir.resolve("x.tsv"), new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertRefused(one(), "must be UTF-8");
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    assertThatThrownBy(() -> EmbeddingFiles.read(dir.resolve("no.npy")))
        .isInstanceOf(KindredException.class)
        .hasMessage(dir.resolve("no.npy") + ": does not exist; check the path");
    assertThatThrownBy(() -> read(one()))
        .isInstanceOf(KindredException.class)
        .hasMessage(dir.resolve("x.tsv") + ": does not exist; check the path");
  }

  @Test
  void refusesToWriteWhatItCouldNotReadBack() throws IOException {
    float[][] two = new float[2][1];
    List<String> ab = List.of("a", "b");
    assertThatThrownBy(
            () -> write(new Embeddings(List.of("a", "a"), none(2), List.of(), two, List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a occurs twice");
    assertThatThrownBy(
            () -> write(new Embeddings(ab, new int[] {0, 1}, List.of("x"), two, List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("b has label 1 of 1 classes");
    assertThatThrownBy(() -> EmbeddingFiles.write(unlabelled(two), dir.resolve("x.bin")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must end in .npy");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void leavesNeitherFileOnADiskThatFillsUp() throws IOException {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(1 << 20).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path folder = Files.createDirectory(disk.getPath("/out"));
      assertThatThrownBy(
              () -> EmbeddingFiles.write(unlabelled(new float[600][600]), folder.resolve("x.npy")))
          .isInstanceOf(KindredException.class)
          .hasMessageStartingWith("/out/x.npy: no space left");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  private void assertRefused(byte[] npy, String rule) {
    assertThatThrownBy(() -> read(npy))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(dir.resolve("x.").toString())
        .hasMessageContaining(rule)
        .hasMessageNotContaining("\n");
  }

  private Embeddings read(byte[] npy) throws IOException {
    return EmbeddingFiles.read(Files.write(dir.resolve("x.npy"), npy));
  }

  private void write(Embeddings embeddings) {
    EmbeddingFiles.write(embeddings, dir.resolve("x.npy"));
  }

  private void table(String lines) throws IOException {
    Files.writeString(dir.resolve("x.tsv"), "id\tlabel\n" + lines);
  }

  private static byte[] one() {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
    return npy(1, header, new float[2]);
  }

  private static Embeddings unlabelled(float[][] vectors) {
    List<String> ids =
        java.util.stream.IntStream.range(0, vectors.length).mapToObj(i -> "row" + i).toList();
    return new Embeddings(ids, none(vectors.length), List.of(), vectors, List.of());
  }

  private static int[] none(int size) {
    int[] labels = new int[size];
    java.util.Arrays.fill(labels, Dataset.NO_LABEL);
    return labels;
  }

  /** The format as its specification has it, built by hand. */
  private static byte[] npy(int version, String header, float[] values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(12 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    buffer.put((byte) version).put((byte) 0);
    if (version == 1) {
      buffer.putShort((short) text.length);
    } else {
      buffer.putInt(text.length);
    }
    buffer.put(text);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }
}
