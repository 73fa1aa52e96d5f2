package dev.kindred.text;

import dev.kindred.text.tokenizer.Encoding;
import dev.kindred.text.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Each letter from a to z is a piece, each word what is between spaces.
 *
 * @param framed whether a class token is before the words and an end behind them
 * @param prefix what every piece's name begins with
 */
record ToyTokenizer(boolean framed, String prefix) implements Tokenizer {
  static final int CLASS = 1;
  static final int END = 2;
  static final int A = 3;
  private static final int MASK = A + 26;

  ToyTokenizer(boolean framed) {
    this(framed, "");
  }

  @Override
  public Encoding encode(String text) {
    IntStream.Builder ids = IntStream.builder();
    IntStream.Builder words = IntStream.builder();
    add(framed, CLASS, ids, words);
    int word = 0;
    for (int letter : text.chars().toArray()) {
      if (letter == ' ') {
        word++;
      } else {
        ids.add(id(letter));
        words.add(word);
      }
    }
    add(framed, END, ids, words);
    return new Encoding(ids.build().toArray(), words.build().toArray());
  }

  static int id(int letter) {
    return A + letter - 'a';
  }

  private static void add(boolean wanted, int id, IntStream.Builder ids, IntStream.Builder words) {
    if (wanted) {
      ids.add(id);
      words.add(Encoding.SPECIAL);
    }
  }

  @Override
  public int size() {
    return MASK + 1;
  }

  @Override
  public int padding() {
    return 0;
  }

  @Override
  public OptionalInt mask() {
    return OptionalInt.of(MASK);
  }

  @Override
  public String piece(int id) {
    return prefix + (id < A || id == MASK ? "[" + id + "]" : Character.toString('a' + id - A));
  }

  @Override
  public void write(Path file) {
    throw new UnsupportedOperationException("a toy is not kept");
  }
}
