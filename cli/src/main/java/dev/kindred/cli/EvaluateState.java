package dev.kindred.cli;

import dev.kindred.rl.data.Recording;
import dev.kindred.runtime.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the true state off representations of observations. */
@Command(
    name = "state",
    description = {
      "How much of the true state of a world can be read off an encoder of observations by a linear",
      "regression, beside the same network untrained and pixels through a random projection: R2 of",
      "each variable on other episodes than those that were fitted to."
    },
    sortOptions = false)
final class EvaluateState implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      required = true,
      description = "A recording to fit to, such as what the encoder was trained on.")
  private Path train;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      required = true,
      description = "Another recording of the same world, to measure on.")
  private Path test;

  @Option(
      names = "--variables",
      paramLabel = "NAME,NAME",
      split = ",",
      description = "Which variables are read; all unless given.")
  private List<String> variables = List.of();

  @Option(
      names = "--untrained-seed",
      paramLabel = "N",
      description = "What the untrained network and the projection start from (${DEFAULT-VALUE}).")
  private long untrainedSeed;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (train.toAbsolutePath().normalize().equals(test.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "--train and --test must differ, but both are %s; record another with another --seed"
              .formatted(train));
    }
    try (Recording learned = Recording.open(train);
        Recording asked = Recording.open(test)) {
      StateProbe result = StateProbe.of(model.folder(), untrainedSeed, learned, asked, variables);
      result.lines().forEach(out::println);
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>(result.toMap());
        line.put("measure", "state");
        out.println(Json.line(line));
      }
    }
    return 0;
  }
}
