package dev.kindred.benchmarks;

import dev.kindred.data.ViewPipeline;
import dev.kindred.method.Method;
import dev.kindred.method.SimClr;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Precision;
import dev.kindred.train.Recipe;
import dev.kindred.train.StepPoint;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.ResNet;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The training step that all programs here time: SimCLR at its defaults on a ResNet-18 for small
 * images, by SGD with momentum {@value #MOMENTUM}; or another method in its place.
 */
public final class SimClrStep {
  /** The side of a view, as CIFAR-10 has it. */
  public static final int SIZE = 32;

  /** The learning rate; small, for the work is the same and nobody wants NaN. */
  public static final float LEARNING_RATE = 0.03f;

  /** The optimizer's momentum. */
  public static final float MOMENTUM = 0.9f;

  private SimClrStep() {}

  /** Step {@code number} of a run whose rate stays as it is. */
  static StepPoint point(long number) {
    return new StepPoint(number, LEARNING_RATE, 0);
  }

  /** The network, its first stage {@code width} channels wide. */
  public static ResNet encoder(int width) {
    return ResNet.resnet18().smallImageStem().width(width);
  }

  /** Builds the step; the caller closes it. */
  public static <E> TrainingStep<E, Operand<TFloat32>> of(
      ViewPipeline<E, Operand<TFloat32>> views, int width, Precision precision) {
    return of(views, width, precision, Recipe.WHOLE);
  }

  /** Builds the step that takes its batch in chunks; the caller closes it. */
  public static <E> TrainingStep<E, Operand<TFloat32>> of(
      ViewPipeline<E, Operand<TFloat32>> views, int width, Precision precision, int chunkSize) {
    return of(SimClr.defaults(), encoder(width), views, precision, chunkSize);
  }

  /** Builds the step with another method and network; the caller closes it. */
  static <E> TrainingStep<E, Operand<TFloat32>> of(
      Method method,
      ResNet encoder,
      ViewPipeline<E, Operand<TFloat32>> views,
      Precision precision,
      int chunkSize) {
    return new TrainingStep<>(
        new Recipe<>(
            method,
            encoder,
            Sgd.momentum(MOMENTUM),
            null,
            Accumulation.of(1),
            chunkSize,
            precision,
            0),
        views);
  }
}
