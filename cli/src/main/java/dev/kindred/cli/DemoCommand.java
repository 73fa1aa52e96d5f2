package dev.kindred.cli;

import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole way on generated data. */
@Command(
    name = "demo",
    description = {
      "Draw images, train an encoder on them without labels, measure it and write a report; or",
      "write sentences, train on them, and search by meaning; or play a world, train on what was",
      "seen, and read the state off it: two minutes on two cores, no download."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DomainParameter domain;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run's folder, new or empty (kindred-demo-DOMAIN).")
  private @Nullable Path out;

  @Option(names = "--quick", description = "Train for seconds only, to see that all works.")
  private boolean quick;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What everything random starts from (0).")
  private long seed;

  @Override
  public Integer call() {
    String kind = domain.require();
    Path folder = out == null ? Path.of("kindred-demo-" + kind) : out;
    requireFree(folder);
    PrintWriter terminal = spec.commandLine().getOut();
    return switch (kind) {
      case DomainParameter.TEXT -> new TextDemo(quick, seed).run(folder, terminal);
      case DomainParameter.RL -> new RlDemo(quick, seed).run(folder, terminal);
      default -> images(folder, terminal);
    };
  }

  private int images(Path folder, PrintWriter terminal) {
    try (ImageTraining training = ImageTraining.resolve(options())) {
      introduce(training, terminal);
      int code =
          TrainingRun.execute(training.pretraining().out(folder), Pretraining::run, terminal);
      terminal.println("Classifying by nearest neighbours and by a linear classifier:");
      ImageReport.Written report = ImageReport.write(new RunFolder(folder), training);
      report.comparison().ifPresent(table -> table.lines().forEach(terminal::println));
      terminal.println("report " + report.file());
      return code;
    }
  }

  /** Small steps of AdamW learn more in two minutes than the large ones of the usual recipe. */
  private ImageTrainingOptions options() {
    ImageTrainingOptions options = new ImageTrainingOptions();
    options.data = quick ? "shapes:1000" : "shapes:8000";
    options.views = "shapes";
    options.width = 8;
    options.epochs = quick ? 2 : 6;
    options.batchSize = 64;
    options.optimizer = "adamw";
    options.lr = 0.008f;
    options.perEpoch = false;
    // At this rate AdamW throws some fresh encoders into collapse without these two.
    options.warmupEpochs = 1.0;
    options.clip = 1f;
    options.temperature = 0.2;
    options.seed = seed;
    return options;
  }

  private static void introduce(ImageTraining training, PrintWriter terminal) {
    terminal.println(
        """
        Drawing %d images of ten shapes, and training a small ResNet-18 on them by SimCLR. It sees
        two random views of each image and no label; afterwards labels tell what it has learned.
        The settings, which are options of kindred pretrain images:
        """
            .formatted(training.data().size())
            .strip());
    terminal.println(training.options().summary());
  }

  /** Refuses early, and in the words of this command. */
  private static void requireFree(Path folder) {
    if (Files.isDirectory(folder) && !isEmpty(folder)) {
      throw new IllegalArgumentException(
          folder + ": must be a new or empty folder, but holds something; choose another by --out");
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findFirst().isEmpty();
    } catch (IOException e) {
      throw dev.kindred.runtime.FileErrors.cannotRead(folder, e);
    }
  }
}
