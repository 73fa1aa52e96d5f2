package dev.kindred.text.tokenizer;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Reads tokenizers from the files of Hugging Face's libraries and of BERT. */
public final class Tokenizers {
  /** The largest known tokenizer.json is a quarter of this. */
  private static final long LARGEST = 128L << 20;

  private Tokenizers() {}

  /**
   * Reads {@code tokenizer.json} (any file whose name ends in {@code .json}) or BERT's {@code
   * vocab.txt} (any other), or the one of them that a folder holds, the former first.
   *
   * <p>{@link LetterGrams} are told by a form of their own. BERT's and RoBERTa's pipelines become a
   * {@link WordPiece} or a {@link BytePairs}; any other is run by {@code
   * ai.djl.huggingface:tokenizers}, which the application must then bring along. What the file says
   * of truncation and padding is left out: whoever makes batches decides that. With {@code
   * vocab.txt}, capitals are taken away unless one of its pieces has one.
   *
   * @throws KindredException if the file is missing, damaged, above 128 MB, has an option that is
   *     not known, gives ids twice or with gaps, lacks the unknown or the padding piece, or is of a
   *     {@link SplitTokenizer}, which needs its splitter
   */
  public static Tokenizer read(Path file) {
    Path chosen = chosen(file);
    requireSize(chosen);
    return isJson(chosen) ? readJson(chosen) : readVocabulary(chosen);
  }

  /**
   * Reads a {@link SplitTokenizer}, as {@link SplitTokenizer#write} writes it.
   *
   * @param splitter what cuts its words
   * @throws KindredException as {@link #read(Path)}, and if the file is of another kind, or the
   *     splitter cuts otherwise than the one that it was made with
   */
  public static SplitTokenizer read(Path file, WordSplitter splitter) {
    Path chosen = chosen(file);
    requireSize(chosen);
    if (!isJson(chosen) || !SplitTokenizer.KIND.equals(Json.read(chosen).get("kind"))) {
      throw new KindredException(
          chosen + ": cuts its words itself, and takes no splitter; open it without one");
    }
    return checked(chosen, () -> SplitTokenizer.read(chosen, splitter));
  }

  /**
   * Reads BERT's {@code vocab.txt}: one piece a line, its id the line's number from 0.
   *
   * @param lowerCase whether capitals and accents are taken away
   * @throws KindredException as {@link #read}
   */
  public static WordPiece readVocabulary(Path file, boolean lowerCase) {
    requireSize(file);
    List<String> pieces = lines(file);
    return checked(file, () -> WordPiece.of(pieces, lowerCase));
  }

  private static WordPiece readVocabulary(Path file) {
    List<String> pieces = lines(file);
    return checked(
        file, () -> WordPiece.of(pieces, pieces.stream().noneMatch(Tokenizers::isCased)));
  }

  /** Whether a piece has a capital; marks such as {@code [CLS]} do not count. */
  private static boolean isCased(String piece) {
    return !(piece.startsWith("[") && piece.endsWith("]"))
        && piece.codePoints().anyMatch(Character::isUpperCase);
  }

  private static Tokenizer readJson(Path file) {
    byte[] bytes = bytes(file);
    Map<String, Object> json = Json.read(file);
    if (SplitTokenizer.KIND.equals(json.get("kind"))) {
      throw checked(file, () -> SplitTokenizer.withoutSplitter(file));
    }
    if (LetterGrams.KIND.equals(json.get("kind"))) {
      return checked(file, () -> LetterGrams.read(file));
    }
    return checked(
        file,
        () -> {
          TokenizerReader reader = new TokenizerReader(json);
          return reader
              .read()
              .orElseGet(() -> HuggingFaceTokens.open(file, bytes, reader.vocabulary()));
        });
  }

  private static <T> T checked(Path file, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw new KindredException(
          "%s: %s; get the file anew from where it came".formatted(file, e.getMessage()), e);
    }
  }

  private static Path chosen(Path file) {
    if (!Files.isDirectory(file)) {
      return file;
    }
    Path json = file.resolve(Tokenizer.FILE);
    Path vocabulary = file.resolve("vocab.txt");
    return Files.exists(json) || !Files.exists(vocabulary) ? json : vocabulary;
  }

  private static boolean isJson(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
  }

  private static void requireSize(Path file) {
    try {
      long size = Files.size(file);
      if (size == 0 || size > LARGEST) {
        throw new KindredException(
            "%s: a tokenizer has 1 to %d bytes, this file %d; check that it is the right one"
                .formatted(file, LARGEST, size));
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
      return List.of(text.replace("\r\n", "\n").stripTrailing().split("\n", -1));
    } catch (CharacterCodingException e) {
      throw new KindredException(file + ": must be UTF-8, is not; convert it", e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }
}
