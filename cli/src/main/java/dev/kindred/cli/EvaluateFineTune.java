package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Weights;
import dev.kindred.evaluation.Classification;
import dev.kindred.evaluation.LinearClassifier;
import dev.kindred.method.CrossEntropy;
import dev.kindred.runtime.Json;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;
import dev.kindred.vision.Image;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the whole encoder on, with labels. */
@Command(
    name = "fine-tune",
    description = {
      "Train a saved encoder of images on with labels, all its layers and a linear classifier, and",
      "test that. The new run stands in RUN as any other does, and kindred resume goes on with it."
    })
final class EvaluateFineTune implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--train",
      paramLabel = "SRC",
      required = true,
      description = "Labelled images to learn from, where SRC has parts, its train part.")
  private String train;

  @Option(
      names = "--train-first",
      paramLabel = "N",
      description = "Learn from the first N of --train only; from all unless given.")
  private @Nullable Integer trainFirst;

  @Option(
      names = "--test",
      paramLabel = "SRC",
      required = true,
      description = "Labelled images to classify, where SRC has parts, its test part.")
  private String test;

  @Option(names = "--epochs", paramLabel = "N", description = "How often each is seen (10).")
  private int epochs = 10;

  @Option(names = "--batch-size", paramLabel = "N", description = "Examples in a batch (128).")
  private int batchSize = 128;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "The first rate of SGD, falling as a cosine (${DEFAULT-VALUE}).")
  private float lr = 0.02f;

  @Option(
      names = "--views",
      paramLabel = "PRESET",
      description = "The augmentations (${DEFAULT-VALUE}).")
  private String views = "supervised";

  @Option(
      names = "--from-scratch",
      description = "Start from random weights instead, which shows what pretraining gave.")
  private boolean fromScratch;

  @Option(names = "--seed", paramLabel = "N", description = "What everything random is from (0).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      required = true,
      description = "The new run's folder, new or empty.")
  private Path out;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter terminal = spec.commandLine().getOut();
    RunFolder run = new RunFolder(out);
    try (ImageTraining training = ImageTraining.resolve(options())) {
      try (Dataset<Image> asked = ImageData.open(test, Split.TEST, training.canvas())) {
        EvaluationOptions.requireOther("--train", training.data(), "--test", asked);
        terminal.println(training.options().summary());
        int code = TrainingRun.execute(training.pretraining().out(out), Pretraining::run, terminal);
        if (code != 0) {
          return code;
        }
        print(classify(run, training.data().classNames(), asked), training, terminal);
      }
    }
    return 0;
  }

  /** The encoder's own options, but for what fine-tuning is. */
  private ImageTrainingOptions options() {
    ImageTrainingOptions saved = UntrainedImages.options(model.folder());
    ImageTrainingOptions options = new ImageTrainingOptions();
    options.encoder = saved.encoder;
    options.width = saved.width;
    options.stem = saved.stem;
    options.imageSize = saved.imageSize;
    options.canvas = saved.canvas;
    options.method = MethodChoice.CROSS_ENTROPY;
    options.views = views;
    options.weights = fromScratch ? null : model.folder().toString();
    options.data = train;
    options.first = trainFirst;
    options.epochs = epochs;
    options.batchSize = batchSize;
    options.lr = lr;
    options.seed = seed;
    options.knn = false;
    return options;
  }

  private static Classification classify(
      RunFolder run, List<String> classNames, Dataset<Image> asked) {
    try (ImageModel tuned = ImageModel.load(run.encoder());
        Weights head = run.variables(List.of(CrossEntropy.KERNEL, CrossEntropy.BIAS))) {
      return LinearClassifier.of(
              classNames, head.value(CrossEntropy.KERNEL), head.value(CrossEntropy.BIAS))
          .evaluate(tuned.embedder().embed(asked));
    }
  }

  private void print(Classification result, ImageTraining training, PrintWriter terminal) {
    ClassificationTable.lines(result).forEach(terminal::println);
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>(result.toMap());
      line.put("measure", "fine-tune");
      line.put("epochs", epochs);
      line.put("lr", lr);
      line.put("seed", seed);
      line.put("from_scratch", fromScratch);
      line.put("train_count", training.data().size());
      terminal.println(Json.line(line));
    }
  }
}
