package dev.kindred.text.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * Any pipeline of Hugging Face's {@code tokenizers}, run by that library itself. Its native part is
 * freed with this object.
 */
final class HuggingFaceTokens implements Tokenizer {
  private static final String LIBRARY = "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer";
  private static final String FLAVOR = "RUST_FLAVOR";

  private final byte[] json;
  private final Vocabulary vocabulary;
  private final int padding;
  private final HuggingFaceTokenizer tokenizer;

  private HuggingFaceTokens(byte[] json, Vocabulary vocabulary) throws IOException {
    this.json = json;
    this.vocabulary = vocabulary;
    this.padding = vocabulary.padding();
    this.tokenizer = library(json);
  }

  /** The library's own tokenizer, which neither cuts off nor fills up. */
  static HuggingFaceTokenizer library(byte[] json) throws IOException {
    if (System.getenv(FLAVOR) == null && System.getProperty(FLAVOR) == null) {
      // Where there is CUDA, the library would fetch another native part from the network.
      System.setProperty(FLAVOR, "cpu");
    }
    return HuggingFaceTokenizer.newInstance(
        new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
  }

  /**
   * Opens the pipeline that a file holds.
   *
   * @throws KindredException if the library is not there, or cannot read the file
   * @throws IllegalArgumentException if no piece can fill up
   */
  static Tokenizer open(Path file, byte[] json, Vocabulary vocabulary) {
    requireLibrary(file);
    try {
      return new HuggingFaceTokens(json, vocabulary);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new KindredException(
          "%s: Hugging Face's tokenizers cannot read it (%s); save it again with a version before"
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private static void requireLibrary(Path file) {
    try {
      Class.forName(LIBRARY, false, HuggingFaceTokens.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new KindredException(
          file
              + ": neither BERT's pipeline nor RoBERTa's, and others need a library that is not"
              + " there; add the dependency ai.djl.huggingface:tokenizers",
          e);
    }
  }

  @Override
  public Encoding encode(String text) {
    var encoding = tokenizer.encode(Characters.wellFormed(text), true, false);
    return new Encoding(ints(encoding.getIds()), ints(encoding.getWordIds()));
  }

  private static int[] ints(long[] values) {
    return LongStream.of(values)
        .mapToInt(value -> (int) Math.max(value, Encoding.SPECIAL))
        .toArray();
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public int padding() {
    return padding;
  }

  @Override
  public OptionalInt mask() {
    return vocabulary.mask();
  }

  @Override
  public String piece(int id) {
    return vocabulary.piece(id);
  }

  @Override
  public void write(Path file) {
    WholeFile.write(file, out -> out.write(json));
  }
}
