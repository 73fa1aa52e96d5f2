package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.Columns;
import dev.kindred.text.data.NextSentences;
import dev.kindred.text.data.SentenceSplitter;
import dev.kindred.text.data.TextSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/** The texts that a training's options name. */
final class TextData {
  private static final String GENERATED = "paraphrases:";

  private TextData() {}

  /** {@code source} as it holds in any working directory. */
  static String absolute(String source) {
    if (source.startsWith(TextSources.SHARDS)) {
      String pattern = source.substring(TextSources.SHARDS.length());
      return TextSources.SHARDS + TextDefaults.absolute(pattern);
    }
    return source.startsWith(GENERATED) ? source : TextDefaults.absolute(source);
  }

  /**
   * Opens them.
   *
   * @throws KindredException if they cannot be read, or lack a label that the method needs
   * @throws IllegalArgumentException if the options contradict each other or the source
   */
  static Dataset<TextExample> open(TextTrainingOptions options) {
    Dataset<TextExample> data = source(options);
    try {
      if (Catalogues.METHODS.get(options.method).labels() == MethodChoice.Labels.CLASSES) {
        requireLabels(options, data);
      }
      return data;
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static Dataset<TextExample> source(TextTrainingOptions options) {
    String source = Objects.requireNonNull(options.data);
    if (options.documents == null) {
      return TextSources.open(source, columns(options));
    }
    requireFolder(options, source);
    return switch (options.documents) {
      case SENTENCES -> TextSources.open(source, Columns.none());
      case PAIRS -> NextSentences.open(Path.of(source), SentenceSplitter.jdk(Locale.ENGLISH));
      case WHOLE -> TextSources.open(Path.of(source), Columns.none(), SentenceSplitter.whole());
    };
  }

  private static void requireFolder(TextTrainingOptions options, String source) {
    if (options.columns != null) {
      throw new IllegalArgumentException(
          "--documents is for a folder of .txt files, --column for a table; leave one out");
    }
    if (source.startsWith(GENERATED)
        || source.startsWith(TextSources.SHARDS)
        || Files.isRegularFile(Path.of(source))) {
      throw new IllegalArgumentException(
          "--documents is for a folder of .txt files, but --data is %s; leave it out"
              .formatted(source));
    }
  }

  private static Columns columns(TextTrainingOptions options) {
    if (options.columns == null) {
      return Columns.none();
    }
    Columns texts = Columns.of(options.columns.toArray(String[]::new));
    if (options.label == null) {
      return texts;
    }
    return Catalogues.METHODS.get(options.method).labels() == MethodChoice.Labels.GRADES
        ? texts.graded(options.label)
        : texts.labelled(options.label);
  }

  private static void requireLabels(TextTrainingOptions options, Dataset<TextExample> data) {
    IntStream.range(0, data.size())
        .filter(example -> data.label(example) == Dataset.NO_LABEL)
        .findFirst()
        .ifPresent(
            example -> {
              throw new KindredException(
                  "%s: line %s: has no %s, which --method %s needs of every example; fill it in or"
                          .formatted(
                              options.data,
                              data.id(example),
                              options.label == null ? "class" : options.label,
                              options.method)
                      + " remove the line");
            });
  }
}
