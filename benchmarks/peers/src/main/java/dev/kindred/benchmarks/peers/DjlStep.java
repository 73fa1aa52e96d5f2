package dev.kindred.benchmarks.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.kindred.benchmarks.Contestant;
import dev.kindred.benchmarks.SimClrStep;
import dev.kindred.losses.NtXent;
import dev.kindred.method.SimClr;

/**
 * The training step of {@link SimClrStep} in DJL with its PyTorch engine, on all processors, on one
 * batch of noise that stays. Its figure is views a second. Confined to one thread.
 */
final class DjlStep implements Contestant, AutoCloseable {
  private final int views;
  private final int steps;
  private final Model model;
  private final Trainer trainer;
  private final NDArray batch;
  private final DjlNtXent loss;
  private float lastLoss = Float.NaN;

  /**
   * Builds network and batch.
   *
   * @param examples half the views of a step
   * @param steps the steps of one round, {@code >= 1}
   */
  DjlStep(int width, int examples, int steps) {
    DjlEngine.configure();
    this.views = 2 * examples;
    this.steps = steps;
    Shape shape = new Shape(views, 3, SimClrStep.SIZE, SimClrStep.SIZE);
    model = Model.newInstance("simclr", Device.cpu(), DjlEngine.NAME);
    model.setBlock(DjlNetwork.simClr(width, SimClr.DEFAULT_OUTPUT_WIDTH));
    trainer = model.newTrainer(training());
    trainer.initialize(shape);
    NDManager manager = trainer.getManager();
    batch = manager.randomNormal(shape);
    loss = new DjlNtXent(manager, examples, (float) NtXent.DEFAULT_TEMPERATURE);
  }

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public double measure() {
    return (double) views * steps / Contestant.seconds(this::round);
  }

  /** The loss of the last step; NaN before the first. */
  float loss() {
    return lastLoss;
  }

  /** The number of values that are trained. */
  long trainableSize() {
    return model.getBlock().getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(parameter -> parameter.getArray().size())
        .sum();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }

  private void round() {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  private void step() {
    try (NDManager step = trainer.getManager().newSubManager()) {
      // What a step makes belongs to the manager of its input, and goes with it.
      batch.tempAttach(step);
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDArray value = loss.of(trainer.forward(new NDList(batch)).singletonOrThrow());
        gradients.backward(value);
        lastLoss = value.getFloat();
      }
      trainer.step();
    }
  }

  private static DefaultTrainingConfig training() {
    return new DefaultTrainingConfig(Loss.l2Loss())
        .optDevices(new Device[] {Device.cpu()})
        .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
        .optOptimizer(sgd());
  }

  private static Optimizer sgd() {
    return Optimizer.sgd()
        .setLearningRateTracker(Tracker.fixed(SimClrStep.LEARNING_RATE))
        .optMomentum(SimClrStep.MOMENTUM)
        .build();
  }
}
