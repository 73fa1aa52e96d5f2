package dev.kindred.text.data;

import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.text.TextExample;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Single texts as files. */
record SingleTexts(Dataset<TextExample> examples) implements Encoded {
  @Override
  public String extension(int index) {
    return "txt";
  }

  @Override
  public byte[] encoded(int index) {
    List<String> parts = examples.get(index).parts();
    if (parts.size() != 1) {
      throw new IllegalArgumentException(
          "%s: shards hold single texts, but %s has %d; name one column"
              .formatted(examples.description(), examples.id(index), parts.size()));
    }
    return parts.get(0).getBytes(StandardCharsets.UTF_8);
  }
}
