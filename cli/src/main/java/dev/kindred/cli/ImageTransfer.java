package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.evaluation.SetCheck;
import dev.kindred.evaluation.Transfer;
import dev.kindred.evaluation.TransferResult;
import dev.kindred.evaluation.TransferTable;
import dev.kindred.runtime.Require;
import dev.kindred.vision.Image;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An image encoder tried on other sets than that on which it was trained. */
final class ImageTransfer {
  @Option(
      names = "--task",
      paramLabel = "SRC",
      description =
          "For images: a set of labelled images with a train and a test part, such as mnist:DIR or"
              + " a folder with folders train and test (or val); once for each task.")
  private @Nullable List<String> tasks;

  @Option(
      names = "--supervised",
      paramLabel = "M",
      description = "For images: an encoder that was trained with labels, to compare with.")
  private @Nullable Path supervised;

  @Option(
      names = "--train-count",
      paramLabel = "N",
      description =
          "For images: learn each task from so many of its train part at most, drawn at random"
              + " (${DEFAULT-VALUE}).")
  private int trainCount = 10_000;

  @Option(
      names = "--test-count",
      paramLabel = "N",
      description = "For images: test on so many at most, drawn at random (${DEFAULT-VALUE}).")
  private int testCount = 10_000;

  /** Whether one of these options is given. */
  boolean given() {
    return tasks != null || supervised != null;
  }

  /** Measures the encoder in {@code folder} and what it is compared with, and prints the table. */
  Map<String, Object> measure(Path folder, long seed, PrintWriter out) {
    Require.atLeastOne("--train-count", trainCount);
    Require.atLeastOne("--test-count", testCount);
    if (tasks == null) {
      throw new IllegalArgumentException(
          "--task must be given for an encoder of images: a set of labelled images, such as"
              + " mnist:DIR; once for each task");
    }
    Transfer protocol = Transfer.defaults(seed);
    out.println(
        "logistic regression on standardised features, l2 of %s chosen on a tenth of the training images"
            .formatted(protocol.strengths()));
    int canvas = ImageModel.canvas(folder);
    requireTasks(canvas);
    Map<String, Map<String, TransferResult>> results = new LinkedHashMap<>();
    results.put("trained", saved("trained", folder, protocol, out));
    results.put(
        "untrained",
        fresh("untrained", UntrainedImages.encoder(folder, seed), canvas, protocol, out));
    results.put(
        "raw pixels", fresh("raw pixels", UntrainedImages.pixels(folder), canvas, protocol, out));
    if (supervised != null) {
      Path other = ModelOption.resolve(supervised);
      results.put("supervised", saved("supervised", other, protocol, out));
    }
    TransferTable table = new TransferTable(results);
    table.lines().forEach(out::println);
    return table.toMap();
  }

  /** Everything wrong with a task is found before hours of work. */
  private void requireTasks(int canvas) {
    for (String task : names()) {
      try (Dataset<Image> train = ImageData.open(task, Split.TRAIN, canvas);
          Dataset<Image> test = ImageData.open(task, Split.TEST, canvas)) {
        EvaluationOptions.requireOther("the train part of " + task, train, "its test part", test);
      }
    }
  }

  /** What a table calls a task: its kind, or its folder's name; in full if two were alike. */
  private String shortName(String task) {
    boolean alone = names().stream().filter(other -> last(other).equals(last(task))).count() == 1;
    return alone ? last(task) : task;
  }

  private static String last(String task) {
    Matcher prefixed = ImageData.PREFIXED.matcher(task);
    return prefixed.matches() && !Files.exists(Path.of(task))
        ? prefixed.group(1).replace(":", "")
        : String.valueOf(Path.of(task).toAbsolutePath().normalize().getFileName());
  }

  private List<String> names() {
    return Objects.requireNonNull(tasks);
  }

  private Map<String, TransferResult> saved(
      String name, Path folder, Transfer protocol, PrintWriter out) {
    try (ImageModel model = ImageModel.load(folder)) {
      return row(name, model.embedder(), ImageModel.canvas(folder), protocol, out);
    }
  }

  /** Measures a model that nothing else needs, and closes it. */
  private Map<String, TransferResult> fresh(
      String name, InferenceModel<Image> model, int canvas, Transfer protocol, PrintWriter out) {
    try (model;
        Embedder<Image> embedder = model.embedder()) {
      return row(name, embedder, canvas, protocol, out);
    }
  }

  private Map<String, TransferResult> row(
      String name, Embedder<Image> embedder, int canvas, Transfer protocol, PrintWriter out) {
    Map<String, TransferResult> row = new LinkedHashMap<>();
    for (String task : names()) {
      Embeddings train = embed(embedder, task, Split.TRAIN, canvas, trainCount, protocol.seed());
      Embeddings test = embed(embedder, task, Split.TEST, canvas, testCount, protocol.seed());
      TransferResult result = protocol.evaluate(train, test);
      out.println(
          String.format(
              Locale.ROOT,
              "%s, %s: %.4f (l2 %s), learned from %d, tested on %d",
              name,
              shortName(task),
              result.test().accuracy(),
              result.l2(),
              train.size(),
              test.size()));
      SetCheck.warnings(train, test).forEach(warning -> out.println("warning: " + warning));
      row.put(shortName(task), result);
    }
    return row;
  }

  private static Embeddings embed(
      Embedder<Image> embedder, String task, Split split, int canvas, int most, long seed) {
    try (Dataset<Image> data = ImageData.open(task, split, canvas)) {
      return embedder.embed(Subsets.drawn(data, most, seed));
    }
  }
}
