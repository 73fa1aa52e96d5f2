package dev.kindred.text.data;

import dev.kindred.data.Dataset;
import dev.kindred.text.TextExample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** The lines of a file that are examples, found by where they start. */
final class TextCorpus implements Dataset<TextExample> {
  private final String description;
  private final StoredText text;
  private final CorpusIndex index;
  private final RowFormat format;
  private final IntFunction<String> ids;

  /**
   * @param text closed by this
   * @param format how a line is read
   * @param ids the id of each example
   */
  TextCorpus(
      String description,
      StoredText text,
      CorpusIndex index,
      RowFormat format,
      IntFunction<String> ids) {
    this.description = description;
    this.text = text;
    this.index = index;
    this.format = format;
    this.ids = ids;
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public TextExample get(int example) {
    String line = line(Objects.checkIndex(example, size()));
    return new TextExample(format.row(line, (rule, cause) -> text.changed(cause)).texts());
  }

  @Override
  public String id(int example) {
    return ids.apply(Objects.checkIndex(example, size()));
  }

  @Override
  public int label(int example) {
    return index.labels().label(Objects.checkIndex(example, size()));
  }

  @Override
  public long[] keys(int example) {
    return index.keysOf(Objects.checkIndex(example, size()));
  }

  @Override
  public List<String> classNames() {
    return index.labels().names();
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {
    text.close();
  }

  /** The line of an example; lines that are none may come between it and the next example's. */
  private String line(int example) {
    long start = index.starts()[example];
    long most = Math.min(index.starts()[example + 1] - start, LineReader.MAX_LINE + 1L);
    byte[] bytes = text.read(start, (int) most);
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
