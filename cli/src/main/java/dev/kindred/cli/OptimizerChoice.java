package dev.kindred.cli;

import dev.kindred.optim.Optimizer;
import java.util.function.Function;

/**
 * An optimizer to choose, with the learning rate that it takes unless told.
 *
 * @param create makes it from the options
 * @param rate the learning rate at {@code batch} examples a step; it grows with the batch
 * @param batch the batch that {@code rate} is for
 * @param adaptive whether its steps are as large for small gradients as for large ones
 */
record OptimizerChoice(
    Function<TrainingOptions, ? extends Optimizer> create,
    double rate,
    int batch,
    boolean adaptive) {
  /** The learning rate for steps of {@code examples} down the loss of {@code method}. */
  float rateFor(long examples, MethodChoice method) {
    double usual = rate * examples / batch;
    return (float) (adaptive ? usual : method.sgdRate().of(usual));
  }
}
