package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.method.Method;
import dev.kindred.runtime.Precision;
import dev.kindred.train.Recipe;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.ResNet;
import dev.kindred.vision.augment.ImageMixing;

/** A method's training step on one batch of generated images; its figure is images a second. */
final class MethodStep implements Contestant, AutoCloseable {
  private final TrainingStep<Image, ?> step;
  private final Batch batch;
  private final ConstantBatch work;

  MethodStep(Method method, ImageViews views, int width, Precision precision, int size, int steps) {
    this(
        String.valueOf(method.settings().get("name")),
        method,
        SimClrStep.encoder(width),
        views,
        precision,
        size,
        steps);
  }

  /** The step with another network, on images as large as its views. */
  MethodStep(
      String name,
      Method method,
      ResNet encoder,
      ImageViews views,
      Precision precision,
      int size,
      int steps) {
    // Methods that blend no views build nothing of it.
    ImageViews mixed = views.mixing(ImageMixing.MIXUP);
    step = SimClrStep.of(method, encoder, mixed, precision, Recipe.WHOLE);
    batch = GeneratedBatch.of(mixed, size, views.size());
    work = new ConstantBatch(name, step, batch, size, steps);
  }

  @Override
  public String name() {
    return work.name();
  }

  @Override
  public double measure() {
    return work.measure();
  }

  /** The loss of the last step; NaN before the first. */
  float loss() {
    return work.loss();
  }

  @Override
  public void close() {
    batch.close();
    step.close();
  }
}
