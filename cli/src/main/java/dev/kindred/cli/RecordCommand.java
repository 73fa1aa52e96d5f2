package dev.kindred.cli;

import dev.kindred.rl.data.Recording;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Records play. */
@Command(
    name = "record",
    description = {
      "Play a world at random and write what was seen, done and earned, with the true state, as a",
      "safetensors file: for pretrain rl and evaluate state."
    },
    sortOptions = false)
final class RecordCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private PlayOptions play;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What worlds and actions start from (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file to write. Required.")
  private Path out;

  @Override
  public Integer call() {
    play.record(seed, out);
    try (Recording recording = Recording.open(out)) {
      spec.commandLine()
          .getOut()
          .println(
              "%d pictures of [%d, %d, %d] in %d episodes: %s"
                  .formatted(
                      recording.size(),
                      recording.channels(),
                      recording.height(),
                      recording.width(),
                      recording.episodes().size(),
                      out));
    }
    return 0;
  }
}
