package dev.kindred.train;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code metrics.jsonl}: a line every {@link #EVERY} steps and one every epoch, each a JSON
 * object with {@code type} {@code step}, {@code epoch} or {@code warning}. A resumed run drops the
 * lines after the step it goes on from.
 */
final class MetricsFile implements TrainingListener {
  /** How many steps a step line stands for; its rate is the mean over them. */
  static final int EVERY = 10;

  private @Nullable Path file;
  private @Nullable BufferedWriter out;
  private long examples;
  private double seconds;

  @Override
  public void onStart(RunStart start) {
    Path path = new RunFolder(start.folder()).metrics();
    file = path;
    try {
      dropAfter(path, start.step());
      out =
          Files.newBufferedWriter(
              path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(path, e);
    }
  }

  @Override
  public void onStep(StepReport report) {
    examples += report.examples();
    seconds += report.seconds();
    if (report.step() % EVERY == 0 || report.step() == 1) {
      Map<String, Object> line = line("step", report.step(), report.epoch(), report.loss());
      line.put("learning_rate", report.learningRate());
      line.put("examples_per_second", number(examples / seconds));
      report.metrics().forEach((name, value) -> line.put(name, number(value)));
      write(line);
      examples = 0;
      seconds = 0;
    }
  }

  @Override
  public void onEpoch(EpochReport report) {
    Map<String, Object> line = line("epoch", report.step(), report.epoch(), report.loss());
    line.put("examples_per_second", number(report.examplesPerSecond()));
    report.metrics().forEach((name, value) -> line.put(name, number(value)));
    write(line);
  }

  @Override
  public void onWarning(RunWarning warning) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "warning");
    line.put("step", warning.step());
    line.put("message", warning.message());
    write(line);
  }

  @Override
  public void close() {
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw FileErrors.cannotWrite(java.util.Objects.requireNonNull(file), e);
      }
    }
  }

  private static Map<String, Object> line(String type, long step, int epoch, double loss) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", type);
    line.put("step", step);
    line.put("epoch", epoch);
    line.put("loss", number(loss));
    return line;
  }

  /** JSON has no NaN or infinity: they become strings. */
  private static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : String.valueOf(value);
  }

  private void write(Map<String, Object> line) {
    BufferedWriter to = java.util.Objects.requireNonNull(out);
    try {
      to.write(Json.line(line));
      to.write('\n');
      to.flush();
    } catch (IOException e) {
      throw FileErrors.cannotWrite(java.util.Objects.requireNonNull(file), e);
    }
  }

  private static void dropAfter(Path path, long step) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<String> kept =
        Files.readAllLines(path, StandardCharsets.UTF_8).stream()
            .filter(line -> stepOf(line) <= step)
            .toList();
    WholeFile.write(
        path,
        to -> {
          for (String line : kept) {
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** The step of a line; a line that was cut short comes after all. */
  private static long stepOf(String line) {
    try {
      return ((Number) Json.parse(line).getOrDefault("step", Long.MAX_VALUE)).longValue();
    } catch (IllegalArgumentException e) {
      return Long.MAX_VALUE;
    }
  }
}
