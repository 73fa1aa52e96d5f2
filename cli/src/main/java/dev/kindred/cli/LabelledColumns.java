package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.Columns;
import dev.kindred.text.data.TextSources;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a table has texts and their classes. */
final class LabelledColumns {
  @Option(
      names = "--column",
      paramLabel = "NAME",
      split = ",",
      description =
          "For tables of texts: the column that holds them; for pairs two, a comma between them.")
  private @Nullable List<String> texts;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "For tables of texts: the column that holds their classes.")
  private @Nullable String label;

  /** Whether one is named. */
  boolean given() {
    return texts != null || label != null;
  }

  /**
   * The columns of texts, if they are named.
   *
   * @throws IllegalArgumentException if a column of classes is named too
   */
  @Nullable List<String> unlabelled() {
    if (label != null) {
      throw new IllegalArgumentException("--label is for classes, not for --data; leave it out");
    }
    return texts;
  }

  void refuse() {
    if (given()) {
      throw new IllegalArgumentException(
          "--column and --label are for texts, but this encoder is for images; leave them out");
    }
  }

  /**
   * Opens a table of labelled texts, which the caller closes.
   *
   * @param most how many texts an example may have
   * @throws IllegalArgumentException if the columns are not named, or are too many
   * @throws KindredException if the table cannot be read, or an example has no label
   */
  Dataset<TextExample> open(String table, int most) {
    if (table.startsWith(TextSources.SHARDS) && !given()) {
      return open(table, Columns.none());
    }
    if (texts == null || label == null) {
      throw new IllegalArgumentException(
          "for texts --column and --label must be given: the columns of the texts and of their"
              + " classes");
    }
    if (texts.size() > most) {
      throw new IllegalArgumentException(
          "--column must name at most %d of the columns, was %s"
              .formatted(most, String.join(",", texts)));
    }
    return open(table, Columns.of(texts.toArray(String[]::new)).labelled(label));
  }

  /**
   * Opens a table of labelled texts, which the caller closes.
   *
   * @throws KindredException if it cannot be read, or an example has no label
   */
  static Dataset<TextExample> open(String table, Columns columns) {
    Dataset<TextExample> examples = TextSources.open(table, columns);
    for (int row = 0; row < examples.size(); row++) {
      if (examples.label(row) == Dataset.NO_LABEL) {
        examples.close();
        throw new KindredException(
            "%s: line %s: the label is empty; fill it in or remove the line"
                .formatted(table, examples.id(row)));
      }
    }
    return examples;
  }
}
