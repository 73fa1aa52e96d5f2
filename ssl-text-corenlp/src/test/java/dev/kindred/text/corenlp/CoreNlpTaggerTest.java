package dev.kindred.text.corenlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreNlpTaggerTest {
  private static final String TEXT = "The old mice went. She doesn't like Paris.";

  @TempDir private static Path folder;
  private static CoreNlpTagger tagger;

  @BeforeAll
  static void train() throws Exception {
    tagger = CoreNlpTagger.load(TinyTagger.train(folder));
  }

  @Test
  void wordsHaveTheirTagsAndLemmas() {
    assertThat(tagger.tag(List.of("The", "mice", "went")))
        .containsExactly(
            new TaggedWord("The", "DT", "the"),
            new TaggedWord("mice", "NNS", "mouse"),
            new TaggedWord("went", "VBD", "go"));
  }

  @Test
  void aTextIsCutIntoSentencesAndWords() {
    assertThat(tagger.tag(TEXT))
        .extracting(TaggedWord::word)
        .containsExactly(
            "The", "old", "mice", "went", ".", "She", "does", "n't", "like", "Paris", ".");
  }

  @Test
  void lemmasJoinInflectedFormsAndKeepNames() {
    assertThat(new CoreNlpLemmas(tagger).words(TEXT))
        .containsExactly(
            "the", "old", "mouse", "go", ".", "she", "do", "not", "like", "Paris", ".");
  }

  @Test
  void noWordsHaveNoTags() {
    assertThat(tagger.tag("")).isEmpty();
    assertThat(tagger.tag(" \n ")).isEmpty();
    assertThat(tagger.tag(List.of())).isEmpty();
    assertThat(new CoreNlpLemmas(tagger).words("  ")).isEmpty();
  }

  @Test
  void everyWordHasALemmaWhateverItIsMadeOf() {
    List<String> odd =
        List.of("(", "a_b", "5\u00a07/8", "😀", "\ud800", "你好", "<a>", "n't", "'s", "\\");

    assertThat(tagger.tag(odd)).extracting(TaggedWord::word).isEqualTo(odd);
    assertThat(tagger.tag(odd)).extracting(TaggedWord::lemma).noneMatch(String::isEmpty);
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    assertThat(Concurrently.repeat(() -> tagger.tag(TEXT.repeat(20))))
        .containsOnly(tagger.tag(TEXT.repeat(20)));
  }

  @Test
  void onlyModifiersMayGoUnlessTold() {
    List<String> words =
        List.of("She", "does", "n't", "really", "like", "the", "seven", "old", "mice");

    assertThat(chosen(PartOfSpeechChoice.modifiers(tagger), words))
        .containsExactly("really", "the", "old");
  }

  @Test
  void exactlyTheWordsOfTheGivenClassesMayGo() {
    List<String> words = List.of("The", "quick", "fox", "went", "to", "Paris");

    assertThat(chosen(new PartOfSpeechChoice(tagger, Set.of(WordClass.NOUN)), words))
        .containsExactly("fox", "Paris");
    assertThat(chosen(new PartOfSpeechChoice(tagger, Set.of()), words)).isEmpty();
    assertThat(PartOfSpeechChoice.modifiers(tagger).choose(List.of())).isEmpty();
  }

  @Test
  void aFileThatIsNoTaggerIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a tagger at all");

    assertThatThrownBy(() -> CoreNlpTagger.load(text))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            text
                + ": not a part-of-speech tagger of CoreNLP, or not whole; take one of its models");
  }

  @Test
  void halfATaggerIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("tiny.tagger"));
    Path half = folder.resolve("half.tagger");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> CoreNlpTagger.load(half))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("not whole");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> CoreNlpTagger.load(folder.resolve("none.tagger")))
        .isInstanceOf(KindredException.class)
        .hasMessage(folder.resolve("none.tagger") + ": does not exist; check the path");
  }

  @Test
  void absentModelsAreNamedWithTheArtifactToAdd() {
    assumeTrue(!modelsArePresent(), "CoreNLP's models are on the classpath");

    assertThatThrownBy(CoreNlpTagger::english)
        .isInstanceOf(KindredException.class)
        .hasMessageMatching(
            "CoreNLP's models must be on the classpath, edu/stanford/.*\\.tagger was not; add"
                + " edu\\.stanford\\.nlp:stanford-corenlp:[0-9.]+:models .*");
  }

  @Test
  void theEnglishModelTagsAndLemmatises() {
    assumeTrue(modelsArePresent(), "CoreNLP's models are not on the classpath");

    assertThat(CoreNlpTagger.english().tag("The mice weren't running quickly to Paris."))
        .extracting(TaggedWord::lemma)
        .containsExactly("the", "mouse", "be", "not", "run", "quickly", "to", "Paris", ".");
  }

  private static List<String> chosen(PartOfSpeechChoice choice, List<String> words) {
    boolean[] mayGo = choice.choose(words);
    assertThat(mayGo).hasSize(words.size());
    return words.stream().filter(word -> mayGo[words.indexOf(word)]).toList();
  }

  private static boolean modelsArePresent() {
    return CoreNlpTagger.class.getResource("/" + CoreNlpTagger.ENGLISH) != null;
  }
}
