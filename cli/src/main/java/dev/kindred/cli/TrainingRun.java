package dev.kindred.cli;

import dev.kindred.runtime.Collectives;
import dev.kindred.train.ConsoleProgress;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunStart;
import dev.kindred.train.TrainedEncoder;
import dev.kindred.train.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Runs a training with progress on the standard error, ended in good order by a signal. */
final class TrainingRun {
  private TrainingRun() {}

  /**
   * Trains, and prints where the encoder is.
   *
   * @param begin begins the training, or goes on with it
   * @return the exit code
   */
  static <E, V> int execute(
      Pretraining<E, V> pretraining,
      Function<Pretraining<E, V>, TrainedEncoder> begin,
      PrintWriter out) {
    return execute(pretraining, begin, out, Collectives.alone());
  }

  /** The same as one of several workers, of which the first prints. */
  static <E, V> int execute(
      Pretraining<E, V> pretraining,
      Function<Pretraining<E, V>, TrainedEncoder> begin,
      PrintWriter out,
      Collectives workers) {
    try (StopSignal signal = StopSignal.listen()) {
      TrainedEncoder trained =
          begin.apply(
              pretraining
                  .workers(workers)
                  .listener(new LoadedLine(out))
                  .listener(ConsoleProgress.create())
                  .stopWhen(signal::asked));
      if (workers.first()) {
        print(trained, out);
      }
      return 0;
    }
  }

  private static void print(TrainedEncoder trained, PrintWriter out) {
    Map<String, Double> metrics = trained.report().metrics();
    metrics.forEach(
        (name, value) -> out.println(String.format(Locale.ROOT, "%s %.4f", name, value)));
    if (trained.skipped() > 0) {
      out.println(
          "skipped %d that cannot be read, see %s"
              .formatted(trained.skipped(), trained.folder().resolveSibling("skipped.tsv")));
    }
    out.println("encoder " + trained.folder());
  }

  /** Prints what became of the weights that a training starts from. */
  private record LoadedLine(PrintWriter out) implements TrainingListener {
    @Override
    public void onStart(RunStart start) {
      start.weights().ifPresent(report -> out.println("weights: " + report.summary()));
    }
  }
}
