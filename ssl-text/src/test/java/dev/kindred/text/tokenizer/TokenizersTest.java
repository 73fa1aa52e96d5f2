package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizersTest {
  private static final String VOCABULARY = "[PAD]\n[UNK]\n[CLS]\n[SEP]\ndog\n##s\n";

  /** A pipeline that is not ours: whole words between white space. */
  private static final String WORD_LEVEL =
      """
      {"version": "1.0", "truncation": {"direction": "Right", "max_length": 3,
       "strategy": "LongestFirst", "stride": 0}, "padding": null,
       "added_tokens": [{"id": 2, "content": "[PAD]", "single_word": false, "lstrip": false,
         "rstrip": false, "normalized": false, "special": true}],
       "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null,
       "decoder": null,
       "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "dog": 1}, "unk_token": "[UNK]"}}
      """;

  @TempDir Path folder;
  private Path file;
  private String json;

  @BeforeEach
  void writeJson() throws IOException {
    file = folder.resolve(Tokenizer.FILE);
    WordPiece.of(List.of(VOCABULARY.split("\n")), true).write(file);
    json = Json.line(Json.read(file));
  }

  private static void assertFails(Path file, String... parts) {
    ThrowableAssertAlternative<?> failure =
        assertThatExceptionOfType(KindredException.class)
            .isThrownBy(() -> Tokenizers.read(file))
            .withMessageStartingWith(file + ": ")
            .withMessageMatching("[^\n]*");
    Stream.of(parts).forEach(failure::withMessageContaining);
  }

  private void assertFailsAfter(String from, String to, String... parts) throws IOException {
    assertThat(json).contains(from);
    Files.writeString(file, json.replace(from, to));
    assertFails(file, parts);
  }

  private Path vocabulary(String text) throws IOException {
    return Files.writeString(folder.resolve("vocab.txt"), text);
  }

  @Test
  void readsWhatAFolderHolds() throws IOException {
    Tokenizer fromJson = Tokenizers.read(folder);
    Files.delete(file);
    vocabulary(VOCABULARY);
    assertThat(Tokenizers.read(folder).encode("Dogs")).isEqualTo(fromJson.encode("Dogs"));
    assertThat(fromJson.encode("Dogs").ids()).containsExactly(2, 4, 5, 3);
  }

  @Test
  void aVocabularyWithCapitalsIsCased() throws IOException {
    assertThat(Tokenizers.read(vocabulary(VOCABULARY)).encode("DOG").ids()).contains(4);
    Path cased = vocabulary(VOCABULARY + "Dog\n");
    assertThat(Tokenizers.read(cased).encode("Dog").ids()).contains(6);
    assertThat(Tokenizers.readVocabulary(cased, true).encode("Dog").ids()).contains(4);
  }

  @Test
  void linesMayEndAsOnWindows() throws IOException {
    assertThat(Tokenizers.read(vocabulary(VOCABULARY.replace("\n", "\r\n"))).piece(4))
        .isEqualTo("dog");
  }

  @Test
  void writesWhatItRead() throws IOException {
    Path copy = folder.resolve("copy.json");
    Tokenizers.read(file).write(copy);
    assertThat(copy).hasSameBinaryContentAs(file);
  }

  @ParameterizedTest
  @CsvSource({
    "missing.json, does not exist",
    "missing.txt, does not exist",
    "nothing/tokenizer.json, does not exist"
  })
  void namesAMissingFile(String name, String reason) {
    assertFails(folder.resolve(name), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.txt"})
  void refusesEmptyAndHugeFilesUnread(String name) throws IOException {
    Path odd = Files.createFile(folder.resolve(name));
    assertFails(odd, "this file 0");
    try (RandomAccessFile sparse = new RandomAccessFile(odd.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    assertFails(odd, "134217728 bytes", "1073741824", "check that");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"model\": {\"vo", "[1, 2]", "null", "<html>", "{}", "{\"model\": 3}"})
  void refusesWhatIsNoTokenizer(String text) throws IOException {
    Files.writeString(file, text);
    assertFails(file);
  }

  @Test
  void refusesIdsThatAreDoubleOrHaveGaps() throws IOException {
    assertFailsAfter("\"dog\":4", "\"dog\":3", "ids must differ, were 3 for both");
    assertFailsAfter("\"##s\":5", "\"##s\":6", "without gaps", "\"##s\" was 6");
    assertFailsAfter("\"##s\":5", "\"##s\":2000000000", "\"##s\" was 2000000000");
    assertFailsAfter("\"dog\":4", "\"dog\":-1", "\"dog\" was -1");
    assertFailsAfter("\"dog\":4", "\"dog\":null", "must be a whole number, was null");
    assertFailsAfter("\"dog\":4", "\"dog\":\"4\"", "\"dog\"", "must be a whole number, was 4");
    assertFailsAfter("\"id\":1,", "\"id\":4,", "[UNK]", "was 1 among the pieces and 4");
  }

  @Test
  void refusesAVocabularyWithoutTheUnknownPiece() throws IOException {
    assertFailsAfter("\"unk_token\":\"[UNK]\"", "\"unk_token\":\"<unk>\"", "include \"<unk>\"");
    assertFails(vocabulary("[PAD]\n[CLS]\n[SEP]\ndog\n"), "include \"[UNK]\"");
    assertFails(vocabulary("[UNK]\n[CLS]\n[SEP]\ndog\n"), "include one of [[PAD]");
  }

  @Test
  void refusesAVocabularyWithEmptyOrEqualLines() throws IOException {
    assertFails(vocabulary("[PAD]\n\n" + VOCABULARY), "piece 1 must be", "was empty");
    assertFails(vocabulary(VOCABULARY + "dog\n"), "were 4 and 6 both \"dog\"");
  }

  @Test
  void refusesAVocabularyThatIsNoText() throws IOException {
    Path odd = Files.write(folder.resolve("vocab.txt"), new byte[] {'[', (byte) 0xFF, '\n'});
    assertFails(odd, "must be UTF-8");
  }

  @Test
  void noOptionIsIgnored() throws IOException {
    assertFailsAfter("\"lowercase\":", "\"fold\":1,\"lowercase\":", "normalizer", "option fold");
    assertFailsAfter("\"unk_token\"", "\"x\":1,\"unk_token\"", "model has the unknown option x");
    assertFailsAfter("\"version\"", "\"y\":1,\"version\"", "the file has the unknown option y");
    assertFailsAfter(
        "\"lowercase\":true", "\"lowercase\":\"yes\"", "must be true or false, was yes");
    assertFailsAfter(",\"lowercase\":true", "", "normalizer.lowercase is missing");
  }

  @Test
  void refusesAFrameOfUnknownMarks() throws IOException {
    assertFailsAfter("\"[CLS]\":{\"id\"", "\"[XXX]\":{\"id\"", "special_tokens.[CLS] is missing");
    assertFailsAfter("\"ids\":[2]", "\"ids\":[99]", "ids around a text must be in [0, 6), was 99");
  }

  @Test
  void readsOtherFramesAndMerges() throws IOException {
    Path pairs = folder.resolve("pairs.json");
    BytePairs made = new TokenizerTrainer(300, 1).bytePairs(Corpus.SMALL.stream(), false);
    made.write(pairs);
    Map<String, Object> content = Json.read(pairs);
    content.put(
        "post_processor",
        Map.of(
            "type",
            "RobertaProcessing",
            "sep",
            List.of("</s>", 2),
            "cls",
            List.of("<s>", 0),
            "trim_offsets",
            true,
            "add_prefix_space",
            false));
    Map<String, Object> model = new TreeMap<>(map(content.get("model")));
    model.computeIfPresent("merges", (name, merges) -> split((List<?>) merges));
    content.put("model", model);
    Json.write(pairs, content);
    Tokenizer read = Tokenizers.read(pairs);
    assertThat(read).isInstanceOf(BytePairs.class);
    Corpus.HOSTILE.forEach(t -> assertThat(read.encode(t)).isEqualTo(made.encode(t)));
  }

  @SuppressWarnings("unchecked") // a JSON object
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  /** Merges as newer files have them: a list of two each. */
  private static Object split(List<?> merges) {
    assertThat(merges).isNotEmpty();
    return merges.stream().map(merge -> List.of(merge.toString().split(" "))).toList();
  }

  @Test
  void otherPipelinesRunInHuggingFacesLibrary() throws IOException {
    Files.writeString(file, WORD_LEVEL);
    Tokenizer read = Tokenizers.read(file);
    assertThat(read).isInstanceOf(HuggingFaceTokens.class);
    assertThat(read.encode("dog cat dog dog"))
        .isEqualTo(new Encoding(new int[] {1, 0, 1, 1}, new int[] {0, 1, 2, 3}));
    assertThat(read.size()).isEqualTo(3);
    assertThat(read.padding()).isEqualTo(2);
    assertThat(read.mask()).isEmpty();
    Path copy = folder.resolve("copy.json");
    read.write(copy);
    assertThat(copy).hasContent(WORD_LEVEL);
  }

  @Test
  void whatHuggingFacesLibraryCannotReadIsNamed() throws IOException {
    Files.writeString(file, WORD_LEVEL.replace("WhitespaceSplit", "NoSuchThing"));
    assertFails(file, "Hugging Face's tokenizers cannot read it");
  }

  @Test
  void withoutHuggingFacesLibraryTheDependencyIsNamed() throws Exception {
    Files.writeString(file, WORD_LEVEL);
    Class<?> alone = new WithoutLibrary().loadClass(Tokenizers.class.getName());
    assertThatExceptionOfType(InvocationTargetException.class)
        .isThrownBy(() -> alone.getMethod("read", Path.class).invoke(null, file))
        .havingCause()
        .isInstanceOf(KindredException.class)
        .withMessageContaining("add the dependency ai.djl.huggingface:tokenizers");
    json = Files.readString(file);
    writeJson();
    assertThat(alone.getMethod("read", Path.class).invoke(null, file)).isNotNull();
  }

  /** Our classes anew, as if that library were not there. */
  private static final class WithoutLibrary extends ClassLoader {
    WithoutLibrary() {
      super(WithoutLibrary.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("ai.djl.")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("dev.kindred.text.tokenizer.")
          ? ours(name)
          : super.loadClass(name, resolve);
    }

    private Class<?> ours(String name) throws ClassNotFoundException {
      Class<?> before = findLoadedClass(name);
      if (before != null) {
        return before;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
