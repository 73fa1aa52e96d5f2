package dev.kindred.text.tokenizer;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Cuts a text into the pieces that an encoder has vectors for. Immutable, and safe for use from
 * several threads at once.
 */
public interface Tokenizer {
  /** The name of the file that {@link #write} makes, as Hugging Face's libraries call it. */
  String FILE = "tokenizer.json";

  /**
   * The pieces of {@code text}, however many, between the special tokens that this tokenizer puts
   * around a text, if any. Text without a word gives the special tokens alone.
   */
  Encoding encode(String text);

  /** The number of pieces: every id is in {@code [0, size)}. */
  int size();

  /** The id of the piece that fills up short texts. */
  int padding();

  /** The id of the piece that stands for one that is hidden, if there is one. */
  OptionalInt mask();

  /** What the piece of an id looks like, such as {@code ##ing}. */
  String piece(int id);

  /** Writes {@link #FILE}, which Hugging Face's libraries read too. */
  void write(Path file);
}
