package dev.kindred.text.tokenizer;

import dev.kindred.runtime.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/** What this library's own tokenizers share: a vocabulary, added tokens, and a frame. */
abstract class FramedTokenizer implements Tokenizer {
  private final Vocabulary vocabulary;
  private final AddedTokens added;
  private final Frame frame;
  private final int padding;

  FramedTokenizer(Vocabulary vocabulary, AddedTokens added, Frame frame) {
    this.vocabulary = vocabulary;
    this.added = added;
    this.frame = frame.within(vocabulary.size());
    this.padding = vocabulary.padding();
  }

  /** Cuts a stretch of well-formed text without added tokens. */
  abstract void cut(String text, Pieces out);

  /** This tokenizer as Hugging Face's libraries write it. */
  abstract Map<String, Object> json();

  @Override
  public final Encoding encode(String text) {
    Pieces out = new Pieces();
    out.frame(frame.before());
    added.split(Characters.wellFormed(text), id -> mark(id, out), part -> cut(part, out));
    out.frame(frame.after());
    return out.encoding();
  }

  private static void mark(int id, Pieces out) {
    out.nextWord();
    out.add(id);
  }

  @Override
  public final int size() {
    return vocabulary.size();
  }

  @Override
  public final int padding() {
    return padding;
  }

  @Override
  public final OptionalInt mask() {
    return vocabulary.mask();
  }

  @Override
  public final String piece(int id) {
    return vocabulary.piece(id);
  }

  @Override
  public final void write(Path file) {
    Json.write(file, json());
  }

  final Vocabulary vocabulary() {
    return vocabulary;
  }

  final AddedTokens added() {
    return added;
  }

  final Frame frame() {
    return frame;
  }
}
