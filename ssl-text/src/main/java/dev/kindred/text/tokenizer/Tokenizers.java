package dev.kindred.text.tokenizer;

import java.nio.file.Path;

/** Opens saved tokenizers. */
public final class Tokenizers {
  private Tokenizers() {}

  /** Reads a tokenizer. */
  public static Tokenizer read(Path file) {
    return LetterGrams.read(file);
  }
}
