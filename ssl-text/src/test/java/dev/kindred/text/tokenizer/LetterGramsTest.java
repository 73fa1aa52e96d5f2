package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LetterGramsTest {
  @TempDir private Path folder;

  @Test
  void theMostFrequentRunsAreTheVocabularyAndOfEqualsTheFirstByName() {
    // <a: both texts and three words; a> likewise; then what two words or texts share.
    LetterGrams grams = LetterGrams.train(List.of("aa ab aa", "aa").iterator(), 4, 2, 2);
    assertThat(pieces(grams)).containsExactly("[PAD]", "<a", "a>", "aa", "ab");
    assertThat(grams.size()).isEqualTo(5);
    assertThat(grams.padding()).isZero();
    assertThat(grams.mask()).isEmpty();
  }

  @Test
  void aWordIsAllItsKnownRunsTheShorterFirst() {
    LetterGrams grams = LetterGrams.train(List.of("Runs").iterator(), 99, 3, 4);
    Encoding encoding = grams.encode("zzz runs urn");
    assertThat(Arrays.stream(encoding.ids()).mapToObj(grams::piece))
        .containsExactly("<ru", "run", "uns", "ns>", "<run", "runs", "uns>");
    assertThat(encoding.words()).containsOnly(1);
  }

  @Test
  void runsThatAreNotKnownAreLeftOutAndTextWithoutAKnownRunHasNoPiece() {
    LetterGrams grams = LetterGrams.train(List.of("abc").iterator(), 99, 3, 3);
    assertThat(grams.encode("xyz").length()).isZero();
    assertThat(grams.encode("").length()).isZero();
    assertThat(grams.encode(" \t\u00a0\n").length()).isZero();
    assertThat(grams.encode("abd").length()).isEqualTo(1);
  }

  /** Words of more than 32 letters are not remembered, and after 65,536 no others are. */
  @Test
  void aWordIsCutAlikeTheFirstTimeAndEverAfter() {
    String text = "Runs run " + "urn".repeat(11) + " 😀 runs";
    LetterGrams used = LetterGrams.train(List.of(text).iterator(), 99, 3, 5);
    Encoding first = used.encode(text);
    assertThat(used.encode(text)).isEqualTo(first);
    for (int i = 0; i < 70_000; i++) {
      used.encode("w" + i);
    }
    assertThat(used.encode(text)).isEqualTo(first);
    LetterGrams fresh = LetterGrams.train(List.of(text).iterator(), 99, 3, 5);
    assertThat(used.encode("unruns")).isEqualTo(fresh.encode("unruns"));
  }

  @Test
  void theOrderOfTheTextsDoesNotMatter() {
    List<String> texts = IntStream.range(0, 200).mapToObj(i -> "word" + i % 37 + " " + i).toList();
    List<String> backwards = IntStream.range(0, 200).mapToObj(i -> texts.get(199 - i)).toList();
    assertThat(pieces(LetterGrams.train(texts.iterator(), 50, 3, 5)))
        .isEqualTo(pieces(LetterGrams.train(backwards.iterator(), 50, 3, 5)));
  }

  @Test
  void isReadAsItWasWritten() {
    LetterGrams grams = LetterGrams.train(List.of("Ünï cödé \"q\" 😀").iterator(), 99, 2, 4);
    Path file = folder.resolve(Tokenizer.FILE);
    grams.write(file);
    Tokenizer read = Tokenizers.read(folder);
    assertThat(pieces(read)).isEqualTo(pieces(grams));
    assertThat(read.encode("cödé 😀 \"ünïq")).isEqualTo(grams.encode("cödé 😀 \"ünïq"));
  }

  @Test
  void anotherFormatOrDamagedPiecesAreRefused() throws IOException {
    refused("\"format\": 2, \"pieces\": []", "the tokenizer's format must be 1, was 2");
    refused("\"format\": 1", "pieces must be a list of texts, was null");
    refused(
        "\"format\": 1, \"pieces\": [\"a\", null]",
        "pieces must be a list of texts, was [a, null]");
    refused(
        "\"format\": 1, \"pieces\": [\"a\", \"b\", \"a\"]",
        "pieces must differ, were 1 and 3 both \"a\"");
  }

  private void refused(String what, String message) throws IOException {
    Path file = folder.resolve(Tokenizer.FILE);
    Files.writeString(
        file, "{\"kind\": \"letter-grams\", \"shortest\": 3, \"longest\": 5, " + what + "}");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> Tokenizers.read(file))
        .withMessageStartingWith(file + ": " + message);
  }

  @Test
  void accentsBelongToTheirLettersAndSignsAreWordsOfTheirOwn() {
    assertThat(words("e\u0301te\u0301!?")).containsExactly("<e\u0301te\u0301>", "<!>", "<?>");
    assertThat(words("a😀b")).containsExactly("<a>", "<😀>", "<b>");
    assertThat(words("\u0915\u093f\u0924\u093e\u092c"))
        .containsExactly("<\u0915\u093f\u0924\u093e\u092c>");
    assertThat(words("x\ud800y")).containsExactly("<x>", "<\ud800>", "<y>");
  }

  /** Whatever language the machine speaks. */
  @Test
  void capitalsAreLowerCasedAlikeEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(words("TITLE")).containsExactly("<title>");
      assertThat(words("\u0130I\u0131")).containsExactly("<i\u0307i\u0131>");
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Square time would take hours. */
  @Test
  @Timeout(120)
  void aLineOrAWordOfAMegabyteIsNoTrouble() {
    LetterGrams grams = LetterGrams.train(List.of("q").iterator(), 9, 3, 3);
    assertThat(grams.encode("some word ".repeat(100_000) + "q").words()).containsExactly(200_000);
    assertThat(grams.encode("a".repeat(1_000_000) + " q").words()).containsExactly(1);
  }

  @Test
  void sizesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LetterGrams.train(List.of("a").iterator(), 0, 3, 5))
        .withMessage("size must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LetterGrams.train(List.of("a").iterator(), 9, 3, 2))
        .withMessage("longest must be >= shortest, was 2");
  }

  /** The words of a text, each as its longest run. */
  private static List<String> words(String text) {
    LetterGrams grams = LetterGrams.train(List.of(text).iterator(), 10_000, 1, 99);
    Encoding encoding = grams.encode(text);
    return IntStream.range(0, encoding.length())
        .filter(i -> i + 1 == encoding.length() || encoding.words()[i + 1] != encoding.words()[i])
        .mapToObj(i -> grams.piece(encoding.ids()[i]))
        .toList();
  }

  private static List<String> pieces(Tokenizer tokenizer) {
    return IntStream.range(0, tokenizer.size()).mapToObj(tokenizer::piece).toList();
  }
}
