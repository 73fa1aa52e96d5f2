package dev.kindred.cli;

import dev.kindred.runtime.Require;
import dev.kindred.text.tokenizer.LetterGrams;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.TokenizerTrainer;
import dev.kindred.text.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tokenizers by name: made of the data, or read from a file. */
final class TokenizerChoice {
  static final String LETTER_GRAMS = "letter-grams";
  static final String WORD_PIECE = "word-piece";
  static final String BYTE_PAIRS = "byte-pairs";

  /** The kinds that are made. */
  static final List<String> MADE = List.of(WORD_PIECE, BYTE_PAIRS, LETTER_GRAMS);

  private static final int SHORTEST = 3;
  private static final int LONGEST = 5;

  private TokenizerChoice() {}

  /** Whether {@code name} is a kind to make, rather than a file. */
  static boolean isMade(String name) {
    return MADE.contains(name);
  }

  /**
   * The tokenizer that {@code name} means.
   *
   * @param texts what it is made of
   */
  static Tokenizer open(String name, @Nullable Integer size, Supplier<Stream<String>> texts) {
    return isMade(name)
        ? make(name, Objects.requireNonNull(size), texts.get())
        : Tokenizers.read(Path.of(name));
  }

  private static Tokenizer make(String kind, int size, Stream<String> texts) {
    Require.atLeastOne("--vocabulary", size);
    try {
      return made(kind, size, texts);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--vocabulary %d with %s: %s".formatted(size, kind, e.getMessage()), e);
    }
  }

  private static Tokenizer made(String kind, int size, Stream<String> texts) {
    return switch (kind) {
      case WORD_PIECE -> TokenizerTrainer.of(size).wordPiece(texts, true);
      case BYTE_PAIRS -> TokenizerTrainer.of(size).bytePairs(texts, true);
      default -> LetterGrams.train(texts.iterator(), size, SHORTEST, LONGEST);
    };
  }
}
