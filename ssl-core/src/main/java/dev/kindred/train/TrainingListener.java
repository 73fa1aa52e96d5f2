package dev.kindred.train;

/**
 * Hears of a run's progress, on the training thread. A listener that throws ends the run, for what
 * it was to write is part of the run's result.
 */
public interface TrainingListener extends AutoCloseable {
  /** Before the first step; {@code start.step()} says where a resumed run goes on. */
  default void onStart(RunStart start) {}

  /** After every step. */
  default void onStep(StepReport report) {}

  /** Before training, and after every epoch. */
  default void onEpoch(EpochReport report) {}

  /** Something is wrong, though the run goes on. */
  default void onWarning(RunWarning warning) {}

  /** At the end of the run, however it ended. */
  @Override
  default void close() {}
}
