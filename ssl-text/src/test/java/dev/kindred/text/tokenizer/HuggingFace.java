package dev.kindred.text.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** Hugging Face's own library, which ours must agree with. */
final class HuggingFace implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;

  private HuggingFace(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  static HuggingFace read(Path file) throws IOException {
    return new HuggingFace(HuggingFaceTokens.library(Files.readAllBytes(file)));
  }

  Encoding encode(String text) {
    var encoding = tokenizer.encode(text, true, false);
    return new Encoding(ints(encoding.getIds()), ints(encoding.getWordIds()));
  }

  private static int[] ints(long[] values) {
    return LongStream.of(values).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
