package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.data.ShardWriter;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.TextSources;
import dev.kindred.train.StoppedException;
import dev.kindred.vision.Image;
import dev.kindred.vision.data.ImageSources;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a source as tar shards. */
@Command(
    name = "shard",
    description = {
      "Write a source as tar shards in WebDataset's layout, which every command reads as tar:DIR:",
      "files as they are, other pictures as PNG, and the classes."
    })
final class ShardCommand implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,11})([KMG]?)");

  @Spec private CommandSpec spec;

  @Mixin private DomainParameter domain;

  @Mixin private SourceOption source;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The shards' folder, new or empty.")
  private Path out;

  @Option(
      names = "--shard-size",
      paramLabel = "N[K|M|G]",
      description = "What a shard grows to, in bytes (256M).")
  private @Nullable String shardSize;

  @Option(
      names = "--shard-examples",
      paramLabel = "N",
      description = "How many examples a shard holds, instead of a size.")
  private @Nullable Integer shardExamples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the order of the examples is drawn from (0).")
  private @Nullable Long seed;

  @Option(names = "--in-order", description = "Keep the order of the source, and do not shuffle.")
  private boolean inOrder;

  @Override
  public Integer call() {
    ShardWriter writer = writer();
    ShardWriter.requireFree(out);
    switch (domain.require()) {
      case DomainParameter.TEXT -> {
        try (Dataset<TextExample> texts = TextSources.open(source.data(), source.columns())) {
          write(writer, texts, TextSources.encoded(texts));
        }
      }
      case DomainParameter.RL ->
          throw new IllegalArgumentException(
              "recordings are one file each and are not cut into shards; leave rl out, or give text");
      default -> {
        source.refuseColumns(ImageTrainingOptions.DOMAIN);
        try (Dataset<Image> images = ImageSources.open(source.data(), source.split(Split.TRAIN))) {
          write(writer, images, ImageSources.encoded(images));
        }
      }
    }
    return 0;
  }

  private ShardWriter writer() {
    if (inOrder && seed != null) {
      throw new IllegalArgumentException(
          "--seed is for shuffling, which --in-order does not do; leave one out");
    }
    if (shardSize != null && shardExamples != null) {
      throw new IllegalArgumentException(
          "--shard-size and --shard-examples both say how large a shard is; leave one out");
    }
    ShardWriter writer =
        inOrder ? ShardWriter.inOrder() : ShardWriter.shuffled(seed == null ? 0 : seed);
    if (shardExamples != null) {
      return writer.mostExamples(shardExamples);
    }
    return shardSize == null ? writer : writer.mostBytes(bytes(shardSize));
  }

  private static long bytes(String size) {
    Matcher parts = SIZE.matcher(size.toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "--shard-size must be a whole number of bytes, or one before K, M or G, such as 256M;"
              + " was \"%s\"".formatted(size));
    }
    return Long.parseLong(parts.group(1)) << 10 * " KMG".indexOf((parts.group(2) + " ").charAt(0));
  }

  private void write(ShardWriter writer, Dataset<?> data, Encoded contents) {
    long started = System.nanoTime();
    ShardWriter.Written written;
    try (StopSignal stop = StopSignal.listen();
        ProgressBar bar = Terminal.progress("shard", data.size())) {
      written =
          writer.write(
              out,
              data,
              contents,
              () -> {
                requireGoingOn(stop);
                bar.step();
              });
    }
    print(written, (System.nanoTime() - started) * 1e-9);
  }

  private void requireGoingOn(StopSignal stop) {
    if (stop.asked()) {
      throw new StoppedException("stopped; nothing is written: " + out);
    }
  }

  private void print(ShardWriter.Written written, double seconds) {
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(
        String.format(
            Locale.ROOT,
            "%d shards, %d examples, %d bytes, %.0f examples/s: tar:%s",
            written.shards(),
            written.examples(),
            written.bytes(),
            written.examples() / seconds,
            out));
    Path skipped = SkippedTable.beside(out);
    if (SkippedTable.write(written.skipped(), skipped)) {
      terminal.println(
          "skipped %d that cannot be read, see %s".formatted(written.skipped().size(), skipped));
    }
  }
}
