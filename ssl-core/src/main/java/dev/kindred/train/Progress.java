package dev.kindred.train;

import dev.kindred.data.CorruptExampleException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far a run is: everything beside the variables that a run goes on from. */
final class Progress {
  private long step;
  private double lossSum;
  private long lossCount;
  private long examples;
  private double seconds;
  private final Map<String, CorruptExampleException> skipped = new LinkedHashMap<>();

  /**
   * The form in a checkpoint.
   *
   * @param step the steps done
   * @param lossSum the sum of the losses of the running epoch
   * @param lossCount the steps of the running epoch
   * @param examples the examples of the running epoch
   * @param seconds the time of the running epoch's steps
   * @param skipped why each skipped example was, by its id
   */
  record State(
      long step,
      double lossSum,
      long lossCount,
      long examples,
      double seconds,
      Map<String, String> skipped) {}

  static Progress of(State state) {
    Progress progress = new Progress();
    progress.step = state.step();
    progress.lossSum = state.lossSum();
    progress.lossCount = state.lossCount();
    progress.examples = state.examples();
    progress.seconds = state.seconds();
    state.skipped().forEach((id, why) -> progress.skip(new CorruptExampleException(id, why, null)));
    return progress;
  }

  State state() {
    Map<String, String> reasons = new LinkedHashMap<>();
    skipped.forEach((id, failure) -> reasons.put(id, failure.reason()));
    return new State(step, lossSum, lossCount, examples, seconds, reasons);
  }

  /** Counts a step that is done. */
  void count(float loss, int batch, double took) {
    step++;
    lossSum += loss;
    lossCount++;
    examples += batch;
    seconds += took;
  }

  /** Starts to count the next epoch. */
  void endEpoch() {
    lossSum = 0;
    lossCount = 0;
    examples = 0;
    seconds = 0;
  }

  /** Remembers an example that was skipped; answers whether it is a new one. */
  boolean skip(CorruptExampleException failure) {
    return skipped.putIfAbsent(failure.id(), failure) == null;
  }

  long step() {
    return step;
  }

  double meanLoss() {
    return lossSum / lossCount;
  }

  double examplesPerSecond() {
    return examples / seconds;
  }

  Map<String, CorruptExampleException> skipped() {
    return skipped;
  }
}
