package dev.kindred.cli;

import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;

/** A training with everything resolved. */
interface StartedTraining extends AutoCloseable {
  /**
   * The training that a run began with.
   *
   * @throws dev.kindred.runtime.KindredException if the folder is no run, or not one of a command
   *     of this program
   */
  static StartedTraining of(RunFolder run) {
    RunOrigin origin = RunOrigin.read(run);
    return switch (origin.command()) {
      case TextTraining.COMMAND -> TextTraining.of(origin);
      case RlTraining.COMMAND -> RlTraining.of(origin);
      default -> ImageTraining.of(origin.require(ImageTraining.COMMAND));
    };
  }

  /** Everything for the library to begin or go on. */
  Pretraining<?, ?> pretraining();

  @Override
  void close();
}
