package dev.kindred.text.corenlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kindred.data.Feeds;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import dev.kindred.text.TextViews;
import dev.kindred.text.augment.WordDeletion;
import dev.kindred.text.tokenizer.LetterGrams;
import dev.kindred.text.tokenizer.SplitTokenizer;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.Tokenizers;
import dev.kindred.text.tokenizer.WordSplitter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TInt32;

/** What ssl-text makes of this module's words. */
class WordsInUseTest {
  private static final String TEXT = "She doesn't really like the seven old mice.";
  private static final String INFLECTED = "The mouse went. The mice go.";

  @TempDir private static Path folder;
  private static CoreNlpTagger tagger;

  @BeforeAll
  static void train() throws Exception {
    tagger = CoreNlpTagger.load(TinyTagger.train(folder));
  }

  @Test
  void formsOfAWordHaveThePiecesOfTheirLemma() {
    WordSplitter lemmas = new CoreNlpLemmas(tagger);
    SplitTokenizer tokenizer = tokenizer(lemmas, "lemmas", INFLECTED);

    assertThat(tokenizer.encode("The mice went.")).isEqualTo(tokenizer.encode("The mouse go."));
    assertThat(tokenizer.encode("mice").length()).isPositive();
  }

  @Test
  void aTokenizerOfLemmasIsReadAgainWithThemOnly() {
    WordSplitter lemmas = new CoreNlpLemmas(tagger);
    SplitTokenizer tokenizer = tokenizer(lemmas, "lemmas", INFLECTED);
    Path file = folder.resolve(Tokenizer.FILE);
    tokenizer.write(file);

    assertThat(Tokenizers.read(file, lemmas).encode(TEXT)).isEqualTo(tokenizer.encode(TEXT));
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> Tokenizers.read(file, new CoreNlpWords()))
        .withMessageContaining("its words were cut by \"lemmas\" into [she, do, not, ")
        .withMessageContaining("but this splitter cuts them into [She, does, n't, ");
  }

  @Test
  void onlyModifiersMayGoFromAView() {
    SplitTokenizer words = tokenizer(new CoreNlpWords(), "the Penn Treebank's words", TEXT);
    TextViews views =
        TextViews.builder(words)
            .view(new WordDeletion(0.5, PartOfSpeechChoice.modifiers(tagger)))
            .view()
            .build();

    try (Feeds feeds = views.pack(List.of(TextExample.of(TEXT)))) {
      int[] word = StdArrays.array2dCopyOf((TInt32) feeds.tensors().get("words0"))[0];
      int[] mayGo = StdArrays.array2dCopyOf((TInt32) feeds.tensors().get("mayGo0"))[0];
      List<String> all = words.words(TEXT);
      assertThat(IntStream.range(0, word.length).filter(i -> mayGo[i] == 1))
          .extracting(i -> all.get(word[i]))
          .contains("really", "the", "old")
          .containsOnly("really", "the", "old");
    }
    assertThat(PartOfSpeechChoice.modifiers(tagger).name())
        .isEqualTo("parts of speech ADJECTIVE ADVERB DETERMINER PREPOSITION");
  }

  private static SplitTokenizer tokenizer(WordSplitter splitter, String name, String text) {
    String words = String.join(" ", splitter.words(text));
    return new SplitTokenizer(
        LetterGrams.train(List.of(words).iterator(), 500, 3, 5), splitter, name);
  }
}
