package dev.kindred.text.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourcesTest {
  private static final Columns NONE = Columns.none();

  @TempDir Path folder;
  @TempDir Path temporary;
  private String usual = "";

  @BeforeEach
  void watchTemporaryFiles() {
    usual = System.setProperty("java.io.tmpdir", temporary.toString());
  }

  @AfterEach
  void watchNoMore() {
    System.setProperty("java.io.tmpdir", usual);
  }

  @Test
  void aLineOfAFileIsAnExample() {
    write("a.txt", "One.\n  Two. \r\nThrée 😀.");
    try (Dataset<TextExample> lines = open("a.txt", NONE)) {
      assertThat(texts(lines)).containsExactly("One.", "Two.", "Thrée 😀.");
      assertThat(ids(lines)).containsExactly("1", "2", "3");
      assertThat(lines.classNames()).isEmpty();
      assertThat(lines.label(2)).isEqualTo(Dataset.NO_LABEL);
      assertThat(lines.description()).isEqualTo("text " + folder.resolve("a.txt"));
      assertThat(texts(lines.first(2))).containsExactly("One.", "Two.");
    }
  }

  @Test
  void emptyLinesAreLeftOutAndTheRestKeepTheirNumbers() {
    write("a.txt", "\n\nOne.\n \t\nTwo.\n\n");
    List<String> log =
        Logged.during(
            LineCorpus.class,
            () -> {
              try (Dataset<TextExample> lines = open("a.txt", NONE)) {
                assertThat(texts(lines)).containsExactly("One.", "Two.");
                assertThat(ids(lines)).containsExactly("3", "5");
              }
            });
    assertThat(log)
        .containsExactly("INFO " + folder.resolve("a.txt") + ": 4 lines without text are left out");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() {
    write("a.txt", "\uFEFFOne.\nTwo.");
    assertThat(texts(open("a.txt", NONE))).containsExactly("One.", "Two.");
    write("a.tsv", "\uFEFFtext\tx\nOne.\t1\n");
    assertThat(texts(open("a.tsv", Columns.of("text")))).containsExactly("One.");
  }

  @Test
  void aPackedFileIsRecognisedByItsBytesAndUnpackedUntilItIsClosed() throws IOException {
    Files.write(folder.resolve("a.txt"), packed("One.\nTwo.\n"));
    Files.write(folder.resolve("b.tsv.GZ"), packed("text\nOne.\n"));
    write("plain.gz", "Plain.\n");
    Dataset<TextExample> lines = open("a.txt", NONE);
    assertThat(texts(lines)).containsExactly("One.", "Two.");
    assertThat(temporaries()).hasSize(1);
    lines.close();
    lines.close();
    assertThat(temporaries()).isEmpty();
    try (Dataset<TextExample> table = open("b.tsv.GZ", Columns.of("text"))) {
      assertThat(texts(table)).containsExactly("One.");
    }
    assertThat(texts(open("plain.gz", NONE))).containsExactly("Plain.");
  }

  @Test
  void tablesGiveSinglesPairsAndTriplets() {
    write("a.tsv", "anchor\tpositive\tnegative\tscore\nA \tB\tC\t2\n\"D\tE\tF\"\t10\nG\tH\tI\t2\n");
    assertThat(open("a.tsv", Columns.of("positive")).get(1)).isEqualTo(TextExample.of("E"));
    assertThat(open("a.tsv", Columns.of("positive", "anchor")).get(0))
        .isEqualTo(TextExample.of("B", "A"));
    Columns all = Columns.of("anchor", "positive", "negative").labelled("score");
    Dataset<TextExample> triplets = open("a.tsv", all);
    assertThat(triplets.get(1)).isEqualTo(TextExample.of("\"D", "E", "F\""));
    assertThat(ids(triplets)).containsExactly("2", "3", "4");
    assertThat(triplets.classNames()).containsExactly("2", "10");
    assertThat(labels(triplets)).containsExactly(0, 1, 0);
    assertThat(triplets.description())
        .isEqualTo(
            "table %s (anchor, positive, negative; label score)"
                .formatted(folder.resolve("a.tsv")));
  }

  @Test
  void rowsWithoutTextAreLeftOutAndRowsWithoutLabelAreNot() {
    write("a.tsv", "\nlabel\ttext\n1\tA\n0\t\n\n\tB\nno\tC\n");
    Dataset<TextExample> table = open("a.tsv", Columns.of("text").labelled("label"));
    assertThat(texts(table)).containsExactly("A", "B", "C");
    assertThat(ids(table)).containsExactly("3", "6", "7");
    assertThat(table.classNames()).containsExactly("1", "no");
    assertThat(labels(table)).containsExactly(0, Dataset.NO_LABEL, 1);
  }

  @Test
  void scoresAreClassesInTheOrderOfTheNumbers() {
    write(
        "a.tsv", "a\tb\tscore\nA\tB\t10\nC\tD\t4.25\n\tE\tnone\nF\tG\t 10.00\nH\tI\t-0\nJ\tK\t0\n");
    Columns graded = Columns.of("a", "b").graded("score");
    assertRefused(
        "a.tsv", graded, "line 4: score must be a finite number, is \"none\"; mend the line");
    write("a.tsv", "a\tb\tscore\nA\tB\t10\nC\tD\t4.25\nF\tG\t 10.00\nH\tI\t-0\nJ\tK\t0\n");
    Dataset<TextExample> pairs = open("a.tsv", graded);
    assertThat(pairs.classNames()).containsExactly("0.0", "4.25", "10.0");
    assertThat(labels(pairs)).containsExactly(2, 1, 2, 0, 0);
    assertThat(text(pairs, 1)).isEqualTo("C|D");
    write(
        "a.jsonl",
        "{\"a\": \"A\", \"b\": \"B\", \"score\": 3}\n{\"a\": \"C\", \"b\": \"D\", \"score\": \"0.5\"}");
    assertThat(labels(open("a.jsonl", graded))).containsExactly(1, 0);
  }

  @Test
  void refusesScoresThatAreNone() {
    Columns graded = Columns.of("a").graded("score");
    for (String bad : List.of("NaN", "-Infinity", "1e999", "", "3,5", "high")) {
      write("a.tsv", "a\tscore\nA\t1\n\nB\t" + bad + "\n");
      assertRefused(
          "a.tsv",
          graded,
          "line 4: score must be a finite number, is \"" + bad + "\"; mend the line");
    }
    for (String bad : List.of("null", "true")) {
      write("a.jsonl", "{\"a\": \"A\", \"score\": " + bad + "}");
      assertRefused(
          "a.jsonl",
          graded,
          "line 1: score must be a finite number, is \""
              + bad.replace("null", "")
              + "\"; mend the line");
    }
    write("b.tsv", "a\tgrade\nA\t1\n");
    assertRefused("b.tsv", graded, "line 1: unknown column \"score\"; known: a, grade");
  }

  @Test
  void jsonLinesAreRead() {
    write(
        "a.jsonl",
        """
        {"text": " A\\nb ", "label": 2, "rest": [1, {}]}

        {"text": "B", "label": "10"}
        {"label": null, "text": "C"}
        """);
    Dataset<TextExample> lines = open("a.jsonl", Columns.of("text").labelled("label"));
    assertThat(texts(lines)).containsExactly("A\nb", "B", "C");
    assertThat(ids(lines)).containsExactly("1", "3", "4");
    assertThat(lines.classNames()).containsExactly("2", "10");
    assertThat(labels(lines)).containsExactly(0, 1, Dataset.NO_LABEL);
  }

  @Test
  void aFolderOfDocumentsGivesTheirSentences() {
    write("b/deep/2.TXT", "Third one.\n\nFourth one");
    write("a.txt", "First one. It goes\non here! ");
    write("blank.txt", "\n \n");
    write("notes.md", "Not this.");
    write(".hidden.txt", "Nor this.");
    try (Dataset<TextExample> folders = open("", NONE)) {
      assertThat(texts(folders))
          .containsExactly("First one.", "It goes on here!", "Third one.", "Fourth one");
      assertThat(ids(folders))
          .containsExactly("a.txt#1", "a.txt#2", "b/deep/2.TXT#1", "b/deep/2.TXT#2");
      assertThat(folders.description()).isEqualTo("folder " + folder);
    }
    assertThat(temporaries()).isEmpty();
  }

  @Test
  void documentsMayBeExamplesAsAWhole() {
    write("a.txt", " First one. It goes\r\non here! \n");
    write("b.txt", "\n\n");
    Dataset<TextExample> whole = TextSources.open(folder, NONE, SentenceSplitter.whole());
    assertThat(texts(whole)).containsExactly("First one. It goes on here!");
    assertThat(ids(whole)).containsExactly("a.txt#1");
    whole.close();
  }

  @Test
  void readsFromAnyFileSystem() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = Files.writeString(memory.getPath("/a.txt"), "One.\nTwo.\n");
      SentenceSplitter splitter = SentenceSplitter.jdk(Locale.ENGLISH);
      assertThat(texts(TextSources.open(file, NONE, splitter))).containsExactly("One.", "Two.");
      Dataset<TextExample> documents = TextSources.open(memory.getPath("/"), NONE, splitter);
      assertThat(ids(documents)).containsExactly("a.txt#1", "a.txt#2");
      documents.close();
    }
  }

  @Test
  void keysAreEqualWhereTextsAre() {
    write("a.tsv", "a\tb\nOne.\tTwo.\nOne.\tThree.\nTwo. \tOne.\n");
    Dataset<TextExample> pairs = open("a.tsv", Columns.of("a", "b"));
    assertThat(pairs.keys(0)).hasSize(2).doesNotHaveDuplicates();
    assertThat(pairs.keys(1)[0]).isEqualTo(pairs.keys(0)[0]);
    assertThat(pairs.keys(1)[1]).isNotEqualTo(pairs.keys(0)[1]);
    assertThat(pairs.keys(2)).containsExactly(pairs.keys(0)[1], pairs.keys(0)[0]);
    assertThat(open("a.tsv", Columns.of("a")).keys(1)).containsExactly(pairs.keys(0)[0]);
  }

  @Test
  void keysStayTheSameBetweenRuns() {
    write("a.txt", "One.");
    assertThat(open("a.txt", NONE).keys(0)).containsExactly(0x022AFC6B4D1FEECFL);
  }

  @Test
  void readsTheSameFromSeveralThreads() {
    List<String> lines = IntStream.range(0, 500).mapToObj("Sentence %d."::formatted).toList();
    write("a.txt", String.join("\n\n", lines));
    Dataset<TextExample> corpus = open("a.txt", NONE);
    List<String> read =
        IntStream.range(0, 5000).parallel().mapToObj(i -> text(corpus, i % 500)).toList();
    assertThat(IntStream.range(0, 5000)).allMatch(i -> read.get(i).equals(lines.get(i % 500)));
  }

  @Test
  void anInterruptedThreadReadsAndStaysInterrupted() {
    write("a.txt", "One.\nTwo.");
    Dataset<TextExample> corpus = open("a.txt", NONE);
    Thread.currentThread().interrupt();
    assertThat(text(corpus, 1)).isEqualTo("Two.");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(text(corpus, 0)).isEqualTo("One.");
  }

  @Test
  void readsOnWhileOtherReadersAreInterrupted() throws InterruptedException {
    write("a.txt", "One.\nTwo.");
    Dataset<TextExample> corpus = open("a.txt", NONE);
    Thread reader =
        new Thread(
            () -> {
              for (int i = 0; i < 2_000; i++) {
                text(corpus, 0);
              }
            });
    reader.start();
    while (reader.isAlive()) {
      reader.interrupt();
      assertThat(text(corpus, 1)).isEqualTo("Two.");
    }
    reader.join();
  }

  @Test
  void aClosedOrChangedFileIsNotRead() throws IOException {
    write("a.txt", "One.\nTwo.");
    Dataset<TextExample> corpus = open("a.txt", NONE);
    Files.writeString(folder.resolve("a.txt"), "");
    assertThatThrownBy(() -> corpus.get(1))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            folder.resolve("a.txt")
                + ": has changed since it was opened; leave it as it is, or open it again");
    corpus.close();
    assertThatThrownBy(() -> corpus.get(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesIndicesOutOfRange() {
    write("a.txt", "One.");
    Dataset<TextExample> corpus = open("a.txt", NONE);
    assertThatThrownBy(() -> corpus.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> corpus.id(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> corpus.label(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> corpus.keys(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    byte[] latin = "One.\nCafé.".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("a.txt"), latin);
    String rule = "line 2: not UTF-8 (byte 0xE9 at offset 8); convert the file to UTF-8";
    assertRefused("a.txt", NONE, rule);
    Files.write(folder.resolve("marked.txt"), bytes(0xEF, 0xBB, 0xBF, 'a', 0xC3));
    assertRefused(
        "marked.txt", NONE, "line 1: not UTF-8 (byte 0xC3 at offset 4); convert the file to UTF-8");
    Files.writeString(
        folder.resolve("utf16.txt"), "One.", java.nio.charset.StandardCharsets.UTF_16);
    assertThatThrownBy(() -> open("utf16.txt", NONE)).hasMessageContaining("utf16.txt: line 1: ");
  }

  @Test
  void refusesBinaryFiles() throws IOException {
    Files.write(folder.resolve("a.txt"), bytes('a', '\n', 'b', 0, 'c'));
    assertRefused(
        "a.txt",
        NONE,
        "line 2: holds a zero byte (at offset 3), so this is no text; give a text file");
  }

  @Test
  void refusesLinesThatAreTooLong() {
    String most = "x".repeat(LineReader.MAX_LINE);
    write("a.txt", "One.\n" + most + "\nThree.");
    assertThat(text(open("a.txt", NONE), 1)).isEqualTo(most);
    assertThat(text(open("a.txt", NONE), 2)).isEqualTo("Three.");
    write("b.txt", "One.\n" + "x".repeat(10_000_000) + "\n");
    assertRefused(
        "b.txt",
        NONE,
        "line 2: longer than 1,048,576 bytes; put one sentence a line, or documents as .txt files"
            + " into a folder");
  }

  @Test
  void refusesSentencesThatAreTooLong() {
    write("d/a.txt", ("x".repeat(999) + "\n").repeat(1100));
    assertThatThrownBy(() -> open("d", NONE))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            folder.resolve("d/a.txt")
                + ": sentence 1: longer than 1,048,576 bytes; cut the document into shorter ones");
  }

  @Test
  void refusesFilesWithoutText() {
    write("a.txt", "\n \n");
    assertRefused("a.txt", NONE, "holds no text; give a file with one example a line");
    write("b.txt", "");
    assertRefused("b.txt", NONE, "holds no text; give a file with one example a line");
    write("c.tsv", "text\n");
    assertRefused(
        "c.tsv", Columns.of("text"), "holds no text; give a file with one example a line");
    write("d.tsv", "\n");
    assertRefused(
        "d.tsv",
        Columns.of("text"),
        "line 1: ends before the header; give a table whose first line names its columns");
  }

  @Test
  void refusesColumnsThatAreNotThereOrNotChosen() {
    write("a.tsv", "anchor\tpositive\nA\tB\n");
    assertRefused(
        "a.tsv",
        Columns.of("anchr"),
        "line 1: unknown column \"anchr\"; did you mean anchor? known: anchor, positive");
    assertRefused(
        "a.tsv",
        Columns.of("anchor").labelled("score"),
        "line 1: unknown column \"score\"; known: anchor, positive");
    assertRefused(
        "a.tsv", NONE, "line 1: say which columns hold the texts; there are: anchor, positive");
    write("a.jsonl", "{\"anchor\": \"A\", \"positive\": \"B\"}\n{\"anchor\": \"A\"}");
    assertRefused(
        "a.jsonl", NONE, "line 1: say which columns hold the texts; there are: anchor, positive");
    assertRefused(
        "a.jsonl",
        Columns.of("anchor", "positive"),
        "line 2: unknown column \"positive\"; known: anchor");
    write("a.csv", "anchor,positive\n");
    String rule =
        "has no columns, for it is not called .tsv or .jsonl, but these are asked for: anchor;"
            + " rename it or leave them out";
    assertRefused("a.csv", Columns.of("anchor"), rule);
    assertRefused("", Columns.of("anchor"), rule);
  }

  @Test
  void refusesRowsThatDoNotFitTheHeader() {
    write("a.tsv", "a\tb\n1\t2\n\n1\t2\t3\n");
    assertRefused(
        "a.tsv",
        Columns.of("a"),
        "line 4: must have 2 values between tabs, one for each column of the header, has 3; mend the line");
    write("b.tsv", "a\tb\ta\n");
    assertRefused(
        "b.tsv",
        Columns.of("a"),
        "line 1: columns must have different names, were a, b, a; rename some");
  }

  @Test
  void refusesLinesThatAreNotAJsonObjectOfStrings() {
    Columns text = Columns.of("text");
    for (String bad : List.of("[1]", "{\"text\": ", "null", "\"text\"", "{} {}", "text")) {
      write("a.jsonl", "{\"text\": \"A\"}\n" + bad);
      assertThatThrownBy(() -> open("a.jsonl", text))
          .as(bad)
          .isInstanceOf(KindredException.class)
          .hasMessageStartingWith(folder.resolve("a.jsonl") + ": line 2: must be one JSON object: ")
          .hasMessageNotContaining("\n");
    }
    write("b.jsonl", "{\"text\": 5}");
    assertRefused("b.jsonl", text, "line 1: \"text\" must be a string, is 5");
    write("c.jsonl", "{\"text\": null}");
    assertRefused("c.jsonl", text, "line 1: \"text\" must be a string, is null");
    write("d.jsonl", "{\"text\": \"A\", \"x\": [1, 2]}");
    assertRefused(
        "d.jsonl",
        text.labelled("x"),
        "line 1: \"x\" must be a string, a number, true, false or null, is [1,2]");
  }

  @Test
  void refusesDamagedPackedFilesAndLeavesNothingBehind() throws IOException {
    byte[] whole = packed("One.\nTwo.\n".repeat(1000));
    Files.write(folder.resolve("a.gz"), Arrays.copyOf(whole, whole.length / 2));
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 10, 30, (byte) 0xFF);
    Files.write(folder.resolve("b.gz"), damaged);
    for (String name : List.of("a.gz", "b.gz")) {
      assertThatThrownBy(() -> open(name, NONE))
          .isInstanceOf(KindredException.class)
          .hasMessageStartingWith(
              folder.resolve(name) + ": cannot be unpacked, for it is cut off or damaged (")
          .hasMessageEndingWith("); download or pack it again");
    }
    for (int bytes : List.of(2, 6)) {
      Files.write(folder.resolve("header.gz"), Arrays.copyOf(whole, bytes));
      assertRefused(
          "header.gz",
          NONE,
          "cannot be unpacked, for it is cut off or damaged; download or pack it again");
    }
    Files.write(folder.resolve("c.gz"), packed("\n\n"));
    assertRefused("c.gz", NONE, "holds no text; give a file with one example a line");
    assertThat(temporaries()).isEmpty();
  }

  @Test
  void saysWhereNoTemporaryFileCanBeMade() throws IOException {
    Files.write(folder.resolve("a.gz"), packed("One."));
    System.setProperty("java.io.tmpdir", folder.resolve("gone").toString());
    assertThatThrownBy(() -> open("a.gz", NONE))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(folder.resolve("gone") + ": cannot be written (");
  }

  @Test
  void refusesFoldersWithoutText() {
    assertRefused(
        "", NONE, "holds no document; files must be called .txt: give another folder, or a file");
    write("a.txt", " ");
    assertRefused("", NONE, "its documents hold no sentence; give another folder");
    assertThat(temporaries()).isEmpty();
  }

  @Test
  void refusesWhatIsMissingOrMayNotBeRead() throws IOException {
    assertRefused("gone.txt", NONE, "does not exist; check the path");
    write("a.txt", "One.");
    Path file = folder.resolve("a.txt");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("this user may read everything").isFalse();
    assertRefused("a.txt", NONE, "may not be read; allow it");
  }

  private Dataset<TextExample> open(String name, Columns columns) {
    return TextSources.open(folder.resolve(name).toString(), columns);
  }

  private void assertRefused(String name, Columns columns, String rule) {
    Path source = name.isEmpty() ? folder : folder.resolve(name);
    assertThatThrownBy(() -> open(name, columns))
        .isInstanceOf(KindredException.class)
        .hasMessage(source + ": " + rule);
  }

  private void write(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] packed(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    IntStream.range(0, values.length).forEach(i -> bytes[i] = (byte) values[i]);
    return bytes;
  }

  private String[] temporaries() {
    return Objects.requireNonNull(temporary.toFile().list());
  }

  private static String text(Dataset<TextExample> corpus, int index) {
    return String.join("|", corpus.get(index).parts());
  }

  private static List<String> texts(Dataset<TextExample> corpus) {
    return IntStream.range(0, corpus.size()).mapToObj(i -> text(corpus, i)).toList();
  }

  private static List<String> ids(Dataset<TextExample> corpus) {
    return IntStream.range(0, corpus.size()).mapToObj(corpus::id).toList();
  }

  private static int[] labels(Dataset<TextExample> corpus) {
    return IntStream.range(0, corpus.size()).map(corpus::label).toArray();
  }
}
