package dev.kindred.benchmarks;

import dev.kindred.text.tokenizer.Encoding;
import dev.kindred.text.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A tokenizer that has cut its texts already, and knows no others: what is left of embedding is
 * laying out the pieces, feeding and the network.
 */
public final class ReadyPieces implements Tokenizer {
  private final Tokenizer cutter;
  private final Map<String, Encoding> encodings;

  /** Cuts {@code texts} by {@code cutter}. */
  public ReadyPieces(Tokenizer cutter, List<String> texts) {
    this.cutter = cutter;
    this.encodings =
        texts.stream().distinct().collect(Collectors.toMap(Function.identity(), cutter::encode));
  }

  @Override
  public Encoding encode(String text) {
    Encoding encoding = encodings.get(text);
    if (encoding == null) {
      throw new IllegalArgumentException("not one of the texts that were cut: " + text);
    }
    return encoding;
  }

  @Override
  public int size() {
    return cutter.size();
  }

  @Override
  public int padding() {
    return cutter.padding();
  }

  @Override
  public OptionalInt mask() {
    return cutter.mask();
  }

  @Override
  public String piece(int id) {
    return cutter.piece(id);
  }

  @Override
  public void write(Path file) {
    cutter.write(file);
  }
}
