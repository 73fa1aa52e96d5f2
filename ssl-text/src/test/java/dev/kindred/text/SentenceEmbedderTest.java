package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.method.SimCse;
import dev.kindred.nn.Encoder;
import dev.kindred.optim.AdamW;
import dev.kindred.optim.Schedule;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.augment.WordDeletion;
import dev.kindred.text.data.GeneratedParaphrases;
import dev.kindred.text.tokenizer.LetterGrams;
import dev.kindred.text.tokenizer.SplitTokenizer;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.WordSplitter;
import dev.kindred.train.Pretraining;
import dev.kindred.train.StepReport;
import dev.kindred.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceEmbedderTest {
  private static final String PARAMETERS = "encoder/variables/variables.data-00000-of-00001";
  private static final GeneratedParaphrases DATA = GeneratedParaphrases.of(40, 1);
  private static final int LENGTH = 256;

  @TempDir private Path folder;
  private List<String> texts;

  @BeforeEach
  void sentences() {
    texts = new ArrayList<>(sentences(DATA));
    texts.add("");
    texts.add("the");
    texts.add("\u4e2d\u6587 of no known piece");
  }

  @Test
  void oneTextManyTextsAndAnyOrderGiveTheSameVectors() {
    training("run", tokenizer(300)).run();
    try (SentenceEmbedder embedder = open("run")) {
      float[][] all = embedder.embedTexts(texts);
      List<String> backwards = new ArrayList<>(texts);
      Collections.reverse(backwards);
      float[][] reversed = embedder.embedTexts(backwards);
      assertThat(all).hasDimensions(texts.size(), embedder.dimension());
      for (int i = 0; i < all.length; i++) {
        assertThat(reversed[all.length - 1 - i]).containsExactly(all[i], within(1e-6f));
        assertThat(embedder.embed(texts.get(i))).containsExactly(all[i], within(1e-6f));
      }
      assertThat(all[0]).isNotEqualTo(all[1]);
      assertThat(embedder.embedTexts(List.of())).isEmpty();
      assertThat(embedder.embed(DATA).vectors()[3]).containsExactly(all[3], within(1e-6f));
    }
  }

  @Test
  void aSetOfManyWindowsGivesWhatItsTextsGiveOneByOneAndLeavesOutWhatCannotBeRead() {
    training("run", tokenizer(300)).run();
    Repeated set = new Repeated(texts, 2 * LengthOrder.WINDOW + 100, 7);
    try (SentenceEmbedder embedder = open("run")) {
      float[][] alone = texts.stream().map(embedder::embed).toArray(float[][]::new);
      Embeddings all = embedder.embed(set);
      assertThat(all.size()).isEqualTo(set.size() - 1);
      assertThat(all.skipped()).extracting(CorruptExampleException::id).containsExactly("text 7");
      for (int row = 0; row < all.size(); row++) {
        int index = row < 7 ? row : row + 1;
        assertThat(all.ids().get(row)).isEqualTo(set.id(index));
        assertThat(all.labels()[row]).isEqualTo(set.label(index));
        assertThat(all.vectors()[row]).containsExactly(alone[index % texts.size()], within(1e-6f));
      }
    }
  }

  @Test
  void textsOfLikeLengthAreBesideEachOtherWithinAWindow() {
    List<String> shuffled =
        new Random(1).ints(3L * LengthOrder.WINDOW / 2, 0, 99).mapToObj("x"::repeat).toList();
    int[] rows = LengthOrder.of(new Repeated(shuffled, shuffled.size(), -1)).rows();
    assertThat(rows).containsExactlyInAnyOrder(IntStream.range(0, shuffled.size()).toArray());
    for (int i = 1; i < rows.length; i++) {
      assertThat(rows[i] / LengthOrder.WINDOW).isEqualTo(i / LengthOrder.WINDOW);
      if (i != LengthOrder.WINDOW) {
        assertThat(shuffled.get(rows[i]).length())
            .isGreaterThanOrEqualTo(shuffled.get(rows[i - 1]).length());
      }
    }
  }

  @Test
  void eightThreadsGetWhatOneGets() throws Exception {
    training("run", tokenizer(300)).run();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (SentenceEmbedder embedder = open("run")) {
      float[][] expected = embedder.embedTexts(texts);
      List<Future<float[]>> vectors =
          texts.stream().map(text -> threads.submit(() -> embedder.embed(text))).toList();
      for (int i = 0; i < expected.length; i++) {
        assertThat(vectors.get(i).get()).containsExactly(expected[i], within(1e-6f));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void textsThatAreCutAreCountedAndAClosedEmbedderSaysSo() {
    training("run", tokenizer(300)).run();
    SentenceEmbedder embedder = open("run");
    embedder.embedTexts(List.of("the", "the doctor ".repeat(50), "the cook ".repeat(99)));
    assertThat(embedder.truncated()).isEqualTo(2);
    embedder.close();
    embedder.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> embedder.embed("the"))
        .withMessage("this embedder is closed");
  }

  @Test
  void aTextThatIsShortEnoughHasTheVerySameVectorUnderBothPolicies() {
    training("run", tokenizer(300)).run();
    try (SentenceEmbedder cut = open("run");
        SentenceEmbedder windows = open("run", LongTexts.WINDOWS)) {
      assertThat(windows.embedTexts(texts)).isDeepEqualTo(cut.embedTexts(texts));
      assertThat(windows.embed(DATA).vectors()).isDeepEqualTo(cut.embed(DATA).vectors());
      assertThat(windows.embed(DATA).ids()).isEqualTo(cut.embed(DATA).ids());
      assertThat(windows.embed(texts.get(0))).containsExactly(cut.embed(texts.get(0)));
      assertThat(windows.windowed()).isZero();
    }
  }

  @Test
  void aLongTextIsReadToItsEndInWindowsAndCounted() {
    training("run", tokenizer(300)).run();
    String doctors = "the doctor ".repeat(500);
    String both = doctors + "a boat ".repeat(500);
    try (SentenceEmbedder cut = open("run");
        SentenceEmbedder windows = open("run", LongTexts.WINDOWS)) {
      float[] doctor = cut.embed("the doctor");
      assertThat(cut.embed(both)).containsExactly(cut.embed(doctors), within(1e-5f));
      float[][] read = windows.embedTexts(List.of(both, "the doctor", doctors));
      assertThat(read[1]).containsExactly(doctor, within(1e-6f));
      assertThat(distance(read[2], doctor)).isLessThan(0.1);
      assertThat(distance(read[0], doctor)).isGreaterThan(3 * distance(read[2], doctor));
      assertThat(windows.windowed()).isEqualTo(2);
      assertThat(windows.truncated()).isZero();
      assertThat(cut.windowed()).isZero();
    }
  }

  @Test
  void whatBecomesOfLongTextsIsSavedUnlessToldOtherwise() throws IOException {
    training("run", tokenizer(300), LongTexts.WINDOWS).run();
    try (SentenceEmbedder stored = open("run");
        SentenceEmbedder told = open("run", LongTexts.CUT)) {
      assertThat(stored.longTexts()).isEqualTo(LongTexts.WINDOWS);
      assertThat(told.longTexts()).isEqualTo(LongTexts.CUT);
    }
    Path manifest = folder.resolve("run/encoder/kindred.json");
    String saved = Files.readString(manifest);
    Files.writeString(manifest, saved.replace("\"windows\"", "\"leave\""));
    refused(
        manifest + ": the input's longTexts must be cut or windows, was leave; save the encoder");
    Files.writeString(manifest, saved.replaceFirst("\"longTexts\" : \"windows\",", ""));
    try (SentenceEmbedder older = open("run")) {
      assertThat(older.longTexts()).isEqualTo(LongTexts.CUT);
    }
  }

  @Test
  void anEncoderOfWordsThatAProgramCutsIsOpenedWithIt() {
    WordSplitter splitter = text -> List.of(text.toLowerCase(Locale.ROOT).split(" "));
    Tokenizer words = new SplitTokenizer(tokenizer(300), splitter, "spaces");
    training("run", words).run();
    refused(
        folder.resolve("run/encoder/tokenizer.json")
            + ": its words are cut by a program, \"spaces\", which no file holds; open it from Java");
    try (SentenceEmbedder embedder =
        SentenceEmbedder.load(folder.resolve("run/encoder"), splitter)) {
      assertThat(embedder.embed("The  Doctor")).hasSize(16);
    }
  }

  @Test
  void aTokenizerOfAnotherModelIsRefused() {
    training("run", tokenizer(300)).run();
    Path file = folder.resolve("run/encoder").resolve(Tokenizer.FILE);
    tokenizer(200).write(file);
    refused(file + ": must have the 301 pieces that the encoder was trained with, has 201; copy");
    LetterGrams.train(List.of(String.join(" ", sentences(DATA)) + " zebra").iterator(), 300, 2, 3)
        .write(file);
    refused(file + ": must have the pieces that the encoder was trained with, has 301 others;");
  }

  @Test
  void aMissingTokenizerOrAnEncoderOfAnotherDomainIsRefused() throws IOException {
    training("run", tokenizer(300)).run();
    Path encoder = folder.resolve("run/encoder");
    Path manifest = encoder.resolve("kindred.json");
    String saved = Files.readString(manifest);
    Files.writeString(manifest, saved.replace("\"domain\" : \"text\"", "\"domain\" : \"image\""));
    refused(encoder + ": an encoder of domain image cannot be used for domain text;");
    Files.writeString(manifest, saved);
    Files.delete(encoder.resolve(Tokenizer.FILE));
    refused(encoder.resolve(Tokenizer.FILE) + ": ");
  }

  @Test
  void aRunThatWasKilledEndsWithTheSameBytesNoiseIncluded() throws IOException {
    training("whole", tokenizer(300)).run();
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(
            () -> training("cut", tokenizer(300)).checkpointEvery(1).listener(dyingAt(3)).run());
    training("cut", tokenizer(300)).checkpointEvery(1).resume();
    training("other", tokenizer(300)).seed(9).run();
    assertThat(parameters("cut")).isEqualTo(parameters("whole"));
    assertThat(parameters("other")).isNotEqualTo(parameters("whole"));
  }

  @Test
  void aManifestThatIsNotWholeIsRefused() throws IOException {
    training("run", tokenizer(300)).run();
    Path manifest = folder.resolve("run/encoder/kindred.json");
    String saved = Files.readString(manifest);
    Files.writeString(manifest, saved.replaceFirst("\"domain\" : \"text\"", "\"domain\" : null"));
    refused(manifest + ": damaged, domain is missing; restore it from a copy");
    Files.writeString(manifest, saved.replaceFirst("\"length\" : [0-9]+", "\"length\" : -1"));
    refused(
        manifest + ": the input's length must be a number >= 3, was -1; save the encoder again");
    Files.writeString(manifest, saved.replaceFirst("\"dimension\" : 16", "\"dimension\" : 99"));
    refused(manifest + ": dimension must be 16, as the network's, was 99; restore it from a copy");
    Files.writeString(manifest, saved);
    Path values = folder.resolve("run/encoder/variables/variables.index");
    Files.delete(values);
    refused(values + ": is missing, the network's values with it; copy the whole folder again");
  }

  private void refused(String message) {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> open("run").close())
        .withMessageStartingWith(message);
  }

  private SentenceEmbedder open(String run) {
    return SentenceEmbedder.load(folder.resolve(run).resolve("encoder"));
  }

  private SentenceEmbedder open(String run, LongTexts policy) {
    return SentenceEmbedder.load(folder.resolve(run).resolve("encoder"), policy);
  }

  private static double distance(float[] one, float[] other) {
    return Math.sqrt(
        IntStream.range(0, one.length)
            .mapToDouble(i -> (one[i] - other[i]) * (one[i] - other[i]))
            .sum());
  }

  private byte[] parameters(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve(PARAMETERS));
  }

  private Pretraining<TextExample, Tokens> training(String run, Tokenizer tokenizer) {
    return training(run, tokenizer, LongTexts.CUT);
  }

  private Pretraining<TextExample, Tokens> training(
      String run, Tokenizer tokenizer, LongTexts longTexts) {
    WordDeletion deletion = new WordDeletion(0.2);
    Encoder<Tokens> encoder =
        new StaticEncoder(
            PieceWeights.inverseDocumentFrequency(tokenizer, sentences(DATA).iterator(), 1),
            16,
            4,
            0.5,
            0,
            new EmbeddingNoise(0.1, 0.1, 0.1));
    return Pretraining.of(SimCse.defaults())
        .data(DATA)
        .views(
            TextViews.builder(tokenizer)
                .length(LENGTH)
                .longTexts(longTexts)
                .view(deletion)
                .view(deletion)
                .build())
        .encoder(encoder)
        .optimizer(AdamW.defaults())
        .schedule(Schedule.constant(0.01f))
        .epochs(2)
        .batchSize(20)
        .out(folder.resolve(run));
  }

  private static Tokenizer tokenizer(int size) {
    return LetterGrams.train(sentences(DATA).iterator(), size, 3, 4);
  }

  private static List<String> sentences(GeneratedParaphrases data) {
    return IntStream.range(0, data.size()).mapToObj(i -> data.get(i).parts().get(0)).toList();
  }

  /** Ends the run without a chance to clean up, as a kill would. */
  private static TrainingListener dyingAt(long step) {
    return new TrainingListener() {
      @Override
      public void onStep(StepReport report) {
        if (report.step() == step) {
          throw new KindredException("killed");
        }
      }
    };
  }

  /** Some texts again and again, in two classes, one of which cannot be read. */
  private record Repeated(List<String> texts, int size, int corrupt)
      implements Dataset<TextExample> {
    @Override
    public TextExample get(int index) {
      if (index == corrupt) {
        throw new CorruptExampleException(id(index), "torn", null);
      }
      return TextExample.of(texts.get(index % texts.size()));
    }

    @Override
    public String id(int index) {
      return "text " + index;
    }

    @Override
    public int label(int index) {
      return index % 2;
    }

    @Override
    public List<String> classNames() {
      return List.of("even", "odd");
    }

    @Override
    public String description() {
      return "some texts";
    }

    @Override
    public void close() {}
  }
}
