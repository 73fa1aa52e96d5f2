package dev.kindred.cli;

import dev.kindred.text.data.Columns;
import dev.kindred.vision.data.Split;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which examples a command reads. */
final class SourceOption {
  @Option(
      names = "--data",
      paramLabel = "SRC",
      required = true,
      description =
          "A folder of images, tar:GLOB (WebDataset shards, as tar:data/train-*.tar), cifar10:DIR,"
              + " cifar100:DIR or mnist:DIR; for texts a file with one a line, a folder of .txt files,"
              + " tar:GLOB, or a .tsv or .jsonl table; for observations a recording.")
  private String data;

  @Option(
      names = "--split",
      paramLabel = "train|test|all",
      description = "The part of SRC, where it has parts (train; all for search).")
  private @Nullable Split split;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "For a table of texts: the column that holds them.")
  private @Nullable String column;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "For a table of texts: the column that holds their classes.")
  private @Nullable String label;

  String data() {
    return data;
  }

  /** The part that was asked for, or {@code usual}. */
  Split split(Split usual) {
    return split == null ? usual : split;
  }

  /** The column of a table. */
  Columns columns() {
    refuseSplit(TextTrainingOptions.DOMAIN);
    if (column == null && label != null) {
      throw new IllegalArgumentException(
          "--column must be given beside --label: the column that holds the texts");
    }
    Columns texts = column == null ? Columns.none() : Columns.of(column);
    return label == null ? texts : texts.labelled(label);
  }

  /** The file of a recording. */
  Path recording() {
    refuseSplit(RlTrainingOptions.DOMAIN);
    refuseColumns(RlTrainingOptions.DOMAIN);
    return Path.of(data);
  }

  void refuseColumns(String domain) {
    refuseColumn("--column", column, domain);
    refuseColumn("--label", label, domain);
  }

  private static void refuseColumn(String option, @Nullable String given, String domain) {
    if (given != null) {
      throw new IllegalArgumentException(
          "%s is for texts, but this is about %s; leave it out".formatted(option, domain));
    }
  }

  private void refuseSplit(String domain) {
    if (split != null) {
      throw new IllegalArgumentException(
          "--split is for images, but this is about %s; leave it out".formatted(domain));
    }
  }
}
