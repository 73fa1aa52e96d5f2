package dev.kindred.text.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * GPT-2's letters for bytes: a printable byte of Latin-1 is itself, the others are U+0100 and on in
 * their order, so that no piece holds white space (a space is {@code Ġ}).
 */
final class ByteLetters {
  /** The number of bytes. */
  static final int COUNT = 256;

  private static final char[] LETTERS = letters();

  private ByteLetters() {}

  static String letter(int value) {
    return String.valueOf(LETTERS[value]);
  }

  /** The letters of {@code text}'s UTF-8 bytes. */
  static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder letters = new StringBuilder(bytes.length);
    for (byte value : bytes) {
      letters.append(LETTERS[Byte.toUnsignedInt(value)]);
    }
    return letters.toString();
  }

  private static char[] letters() {
    char[] letters = new char[COUNT];
    char next = COUNT;
    for (int value = 0; value < COUNT; value++) {
      letters[value] = isPrintable(value) ? (char) value : next++;
    }
    return letters;
  }

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
  }
}
