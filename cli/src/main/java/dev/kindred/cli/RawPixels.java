package dev.kindred.cli;

import dev.kindred.embedding.InferenceModel;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.augment.CenterCrop;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * No network at all: the pixels as they are, the baseline that every encoder must beat.
 *
 * @param size the side of a view
 */
record RawPixels(int size) implements TensorEncoder {
  /** The side at most: larger pictures say no more, pixel by pixel, and cost more. */
  private static final int LARGEST = 32;

  /**
   * What gives the pixels that {@code views} on {@code canvas} see, {@value #LARGEST} a side at
   * most.
   */
  static InferenceModel<Image> model(ImageViews views, int canvas) {
    RawPixels pixels = new RawPixels(Math.min(LARGEST, views.size()));
    // Nothing in it starts from a seed.
    return InferenceModel.untrained(pixels.views(views, canvas), pixels, 0);
  }

  /** What sees the same part of a picture as {@code views} on {@code canvas} do, at this size. */
  private ImageViews views(ImageViews views, int canvas) {
    return ImageViews.builder(size)
        .view(List.of(new CenterCrop(size)))
        .normalization(views.normalization())
        .canvas(Math.max(size, canvas))
        .build();
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
    return scope.tf().reshape(view, scope.tf().constant(new int[] {-1, dimension()}));
  }

  @Override
  public int dimension() {
    return Image.CHANNELS * size * size;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "raw-pixels");
  }
}
