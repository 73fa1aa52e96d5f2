package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.GeneratedShapes;
import java.util.List;
import java.util.stream.IntStream;

/** A batch of generated images with their classes. */
final class GeneratedBatch {
  private GeneratedBatch() {}

  /** The same images at every call, as small as CIFAR-10's; the caller closes the batch. */
  static Batch of(ImageViews views, int size) {
    return of(views, size, SimClrStep.SIZE);
  }

  /** The same of images of {@code side} pixels. */
  static Batch of(ImageViews views, int size, int side) {
    GeneratedShapes shapes = GeneratedShapes.of(size, side, 0);
    int[] indices = IntStream.range(0, size).toArray();
    return new Batch(
        indices,
        IntStream.of(indices).map(shapes::label).toArray(),
        views.pack(IntStream.of(indices).mapToObj(shapes::get).toList()),
        List.of());
  }
}
