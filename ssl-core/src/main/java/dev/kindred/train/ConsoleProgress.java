package dev.kindred.train;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run's progress: on a terminal a bar with examples per second, the loss and the time left,
 * and everywhere one line an epoch.
 */
public final class ConsoleProgress implements TrainingListener {
  private final PrintStream out;
  private final boolean bar;
  private @Nullable ProgressBar progress;
  private String unit = "examples";
  private int perStep = 1;

  private ConsoleProgress(PrintStream out, boolean bar) {
    this.out = out;
    this.bar = bar;
  }

  /** On the standard error, with a bar if that is a terminal. */
  public static ConsoleProgress create() {
    return new ConsoleProgress(System.err, System.console() != null);
  }

  /** On {@code out}, one line an epoch. */
  public static ConsoleProgress lines(PrintStream out) {
    return new ConsoleProgress(out, false);
  }

  @Override
  public void onStart(RunStart start) {
    unit = start.domain() + "s";
    perStep = start.examplesPerStep();
    if (bar) {
      progress =
          new ProgressBarBuilder()
              .setTaskName("training")
              .setInitialMax(start.totalSteps() * perStep)
              .startsFrom(start.step() * perStep, Duration.ZERO)
              .setUnit(" " + unit, 1)
              .showSpeed()
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(500)
              .setConsumer(new ConsoleProgressBarConsumer(out))
              .build();
    }
  }

  @Override
  public void onStep(StepReport report) {
    if (progress != null) {
      progress.stepTo(report.step() * perStep);
      progress.setExtraMessage(
          String.format(
              Locale.ROOT,
              "epoch %d/%d loss %.4f",
              report.epoch(),
              report.totalEpochs(),
              report.loss()));
    }
  }

  @Override
  public void onEpoch(EpochReport report) {
    String line = report.epoch() == 0 ? "untrained" : trained(report);
    out.println(line + metrics(report.metrics()));
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }

  private String trained(EpochReport report) {
    return String.format(
        Locale.ROOT,
        "epoch %d  loss %.4f  %.0f %s/s",
        report.epoch(),
        report.loss(),
        report.examplesPerSecond(),
        unit);
  }

  private static String metrics(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "  %s %.4f", e.getKey(), e.getValue()))
        .collect(Collectors.joining());
  }
}
