package dev.kindred.text.corenlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CoreNLP has a log of its own, which would print. */
class SilenceTest {
  @TempDir private Path folder;

  @Test
  void nothingIsPrinted() throws Exception {
    Path model = TinyTagger.train(folder);
    Process use =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR", // or slf4j itself tells that nothing takes its
                // log
                "-cp",
                System.getProperty("java.class.path"),
                Use.class.getName(),
                model.toString())
            .redirectErrorStream(true)
            .start();

    String printed = new String(use.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).isEmpty();
    assertThat(use.waitFor()).isEqualTo(0);
  }

  /** Everything once, with characters that CoreNLP would warn of. */
  static final class Use {
    private Use() {}

    public static void main(String[] arguments) {
      CoreNlpTagger tagger = CoreNlpTagger.load(Path.of(arguments[0]));
      String text = "Dr. Smith \ud83d\ude00\ud800\uffff left. \u0001 He did n't.";
      List<String> words = new CoreNlpWords().words(text);
      CoreNlpSentences.ofParagraphs().sentences(text);
      new CoreNlpLemmas(tagger).words(text);
      PartOfSpeechChoice.modifiers(tagger).choose(words);
    }
  }
}
