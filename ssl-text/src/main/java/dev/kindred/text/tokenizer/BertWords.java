package dev.kindred.text.tokenizer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * BERT's words: white space parts them, and each punctuation mark and each Chinese character is one
 * of its own. What a character is, Java's Unicode says; Hugging Face's library knows Unicode 8, and
 * takes some 400 rare characters that came later as letters.
 *
 * @param clean whether control characters go away
 * @param chinese whether Chinese characters stand alone
 * @param stripAccents whether accents go away
 * @param lowerCase whether capitals become small letters
 */
record BertWords(boolean clean, boolean chinese, boolean stripAccents, boolean lowerCase)
    implements WordSplitter {
  private static final int DOTTED_CAPITAL_I = 0x130;
  private static final int FIRST_THAT_DECOMPOSES = 0xC0;

  /** As BERT's own models: accents go where capitals go. */
  static BertWords of(boolean lowerCase) {
    return new BertWords(true, true, lowerCase, lowerCase);
  }

  @Override
  public List<String> words(String text) {
    List<String> words = new ArrayList<>();
    forEach(text, words::add);
    return words;
  }

  /** Passes the words one by one. */
  void forEach(String text, Consumer<String> action) {
    Cutter cutter = new Cutter(action);
    text.codePoints().forEach(character -> take(character, cutter));
    cutter.end();
  }

  private void take(int character, Cutter cutter) {
    if (clean && isDropped(character)) {
      return;
    }
    if (chinese && isChinese(character)) {
      cutter.end();
      normalize(character, cutter);
      cutter.end();
    } else {
      normalize(character, cutter);
    }
  }

  /** Character by character, so that any text takes linear time: no order of marks matters here. */
  private void normalize(int character, Cutter cutter) {
    if (!stripAccents || character < FIRST_THAT_DECOMPOSES) {
      lower(character, cutter);
    } else {
      Normalizer.normalize(Character.toString(character), Normalizer.Form.NFD)
          .codePoints()
          .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
          .forEach(part -> lower(part, cutter));
    }
  }

  private void lower(int character, Cutter cutter) {
    if (!lowerCase) {
      cutter.take(character);
    } else if (character == DOTTED_CAPITAL_I) {
      cutter.take('i');
      cutter.take('\u0307');
    } else {
      cutter.take(Character.toLowerCase(character));
    }
  }

  private static boolean isDropped(int character) {
    return switch (character) {
      case '\t', '\n', '\r' -> false;
      case 0xFFFD -> true;
      default -> isControl(character);
    };
  }

  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> false;
    };
  }

  private static boolean isChinese(int character) {
    return in(character, 0x4E00, 0x9FFF)
        || in(character, 0x3400, 0x4DBF)
        || in(character, 0x20000, 0x2A6DF)
        || in(character, 0x2A700, 0x2B73F)
        || in(character, 0x2B740, 0x2B81F)
        || in(character, 0x2B920, 0x2CEAF)
        || in(character, 0xF900, 0xFAFF)
        || in(character, 0x2F800, 0x2FA1F);
  }

  private static boolean in(int character, int first, int last) {
    return character >= first && character <= last;
  }

  /** Every ASCII mark, also those that Unicode calls symbols, and Unicode's punctuation. */
  private static boolean isPunctuation(int character) {
    if (character < 0x80) {
      return character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
    }
    return switch (Character.getType(character)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** Gathers characters to words. */
  private static final class Cutter {
    private final Consumer<String> action;
    private final StringBuilder word = new StringBuilder();

    Cutter(Consumer<String> action) {
      this.action = action;
    }

    void take(int character) {
      if (Characters.isWhiteSpace(character)) {
        end();
      } else if (isPunctuation(character)) {
        end();
        action.accept(Character.toString(character));
      } else {
        word.appendCodePoint(character);
      }
    }

    void end() {
      if (!word.isEmpty()) {
        action.accept(word.toString());
        word.setLength(0);
      }
    }
  }
}
