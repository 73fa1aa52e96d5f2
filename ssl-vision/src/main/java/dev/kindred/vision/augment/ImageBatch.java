package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * A batch of images on its way through augmentations, in the graph. Immutable.
 *
 * <p>Geometry (crop, flips) and mixing of colours (grey, normalisation) are remembered and carried
 * out together, as two matrix products and one, when an augmentation asks for the {@link #planes}.
 */
public final class ImageBatch {
  /** The size of pictures that are no squares. */
  private static final int COLOURS_ONLY = -1;

  private final Source source;
  private final int size;
  private final @Nullable Window window;
  private final @Nullable Operand<TFloat32> planes;
  private final @Nullable Operand<TFloat32> mix;

  private ImageBatch(
      Source source,
      int size,
      @Nullable Window window,
      @Nullable Operand<TFloat32> planes,
      @Nullable Operand<TFloat32> mix) {
    this.source = source;
    this.size = size;
    this.window = window;
    this.planes = planes;
    this.mix = mix;
  }

  /**
   * The images as they were fed.
   *
   * @param pixels planar colours {@code [batch, 3, side, side]}, each image in the top left corner
   * @param extents height and width of each image, {@code [batch, 2]}
   * @param side the side of the canvas that images lie on
   */
  public static ImageBatch of(Ops tf, Operand<TUint8> pixels, Operand<TInt32> extents, int side) {
    Operand<TFloat32> canvas =
        tf.math.mul(tf.dtypes.cast(pixels, TFloat32.class), tf.constant(1f / 255));
    List<Operand<TFloat32>> sides =
        tf.unstack(tf.dtypes.cast(extents, TFloat32.class), 2L, Unstack.axis(1L)).output().stream()
            .<Operand<TFloat32>>map(o -> o)
            .toList();
    Operand<TInt32> count = tf.size(sides.get(0));
    return new ImageBatch(
        new Source(tf, canvas, side, sides.get(0), sides.get(1), count), 0, null, null, null);
  }

  /**
   * Pictures that are no squares, or several at once, for changes of colour alone: whatever moves
   * pixels needs a batch of {@link #of}.
   *
   * @param planes colours in {@code [0, 1]}, plane by plane, {@code [batch, 3, pixels]}
   */
  public static ImageBatch ofColours(Ops tf, Operand<TFloat32> planes) {
    Operand<TInt32> count = Rows.count(tf, planes);
    Operand<TFloat32> unknown =
        tf.fill(tf.expandDims(count, tf.constant(0)), tf.constant(Float.NaN));
    return new ImageBatch(
        new Source(tf, planes, 0, unknown, unknown, count), COLOURS_ONLY, null, planes, null);
  }

  /** The operations of the graph. */
  public Ops tf() {
    return source.tf;
  }

  /** The side of the images after their crop, in pixels. */
  public int size() {
    return size;
  }

  /** The number of images, a scalar. */
  public Operand<TInt32> count() {
    return source.count;
  }

  /** The heights of the fed images in pixels, {@code [batch]}. */
  public Operand<TFloat32> heights() {
    return source.heights;
  }

  /** The widths of the fed images in pixels, {@code [batch]}. */
  public Operand<TFloat32> widths() {
    return source.widths;
  }

  /** Uniform numbers in {@code [0, 1)} for each image, of shape {@code [leading..., batch]}. */
  public Operand<TFloat32> uniform(Randomness randomness, String name, int... leading) {
    Ops tf = tf();
    List<Operand<TInt32>> shape = new ArrayList<>();
    for (int dimension : leading) {
      shape.add(tf.constant(dimension));
    }
    shape.add(count());
    return randomness.uniform(name, tf.stack(shape), leading.length);
  }

  /** 1 for each image with {@code probability}, else 0; of shape {@code [batch]}. */
  public Operand<TFloat32> chance(Randomness randomness, double probability) {
    return tf().dtypes
        .cast(
            tf().math.less(uniform(randomness, "chance"), tf().constant((float) probability)),
            TFloat32.class);
  }

  /** These images cut to boxes, all of shape {@code [batch]}, and resized to {@code side}. */
  ImageBatch crop(
      int side,
      Operand<TFloat32> top,
      Operand<TFloat32> left,
      Operand<TFloat32> height,
      Operand<TFloat32> width) {
    if (size != 0) {
      throw new IllegalArgumentException("a view must have one crop, and have it first");
    }
    Operand<TFloat32> never = tf().zerosLike(top);
    return new ImageBatch(
        source, side, new Window(top, left, height, width, never, never), null, null);
  }

  /** These images, mirrored left to right where {@code flip} is 1. */
  ImageBatch flipColumns(Operand<TFloat32> flip) {
    return planes == null
        ? framed(window().flipColumns(tf(), flip))
        : withPlanes(mirrored(flip, 3));
  }

  /** These images, mirrored top to bottom where {@code flip} is 1. */
  ImageBatch flipRows(Operand<TFloat32> flip) {
    return planes == null ? framed(window().flipRows(tf(), flip)) : withPlanes(mirrored(flip, 2));
  }

  /** These images with {@code change} made to those where {@code chosen} is 1. */
  ImageBatch some(Operand<TFloat32> chosen, Parts.Change change) {
    Parts parts = new Parts(tf(), tf().dtypes.cast(chosen, TInt32.class), 2);
    return withPlanes(parts.apply(planes(), List.of(Parts.Change.NONE, change)));
  }

  /** A number for each image, of shape {@code [batch]}, as one for each of its {@link #planes}. */
  Operand<TFloat32> perImage(Operand<TFloat32> numbers) {
    return tf().reshape(numbers, tf().array(-1, 1, 1));
  }

  private Operand<TFloat32> mirrored(Operand<TFloat32> flip, int axis) {
    Ops tf = tf();
    Operand<TFloat32> planes = planes();
    Operand<TFloat32> mirror =
        tf.reshape(
            tf.reverse(tf.reshape(planes, tf.array(-1, 3, size, size)), tf.array(axis)),
            tf.array(-1, 3, size * size));
    return tf.select(tf.math.greater(perImage(flip), tf.constant(0f)), mirror, planes);
  }

  private ImageBatch framed(Window other) {
    return new ImageBatch(source, size, other, null, mix);
  }

  /** These images with their channels mixed by a matrix for each, {@code [batch, 3, 3]}. */
  ImageBatch mix(Operand<TFloat32> matrices) {
    return new ImageBatch(
        source,
        size,
        window,
        planes,
        mix == null ? matrices : tf().train.batchMatMul(matrices, mix, TFloat32.class));
  }

  /** These images with other colours, {@code [batch, 3, size * size]}. */
  public ImageBatch withPlanes(Operand<TFloat32> other) {
    return new ImageBatch(source, size, null, other, null);
  }

  /** The colours in {@code [0, 1]}, plane by plane, {@code [batch, 3, size * size]}. */
  public Operand<TFloat32> planes() {
    Operand<TFloat32> unmixed = unmixed();
    return mix == null ? unmixed : tf().train.batchMatMul(mix, unmixed, TFloat32.class);
  }

  /** The finished view {@code [batch, size, size, 3]}, normalised to {@code (x - mean) / std}. */
  public Operand<TFloat32> normalized(Normalization normalization) {
    Ops tf = tf();
    Operand<TFloat32> scale = tf.reshape(tf.constant(normalization.scales()), tf.array(1, 3, 3));
    float[] shifts = normalization.shifts(size * size);
    Operand<TFloat32> map = mix == null ? scale : tf.train.batchMatMul(scale, mix, TFloat32.class);
    Operand<TFloat32> interleaved =
        tf.train.batchMatMul(
            unmixed(), map, TFloat32.class, BatchMatMul.adjX(true), BatchMatMul.adjY(true));
    return tf.reshape(
        tf.math.add(tf.reshape(interleaved, tf.array(-1, shifts.length)), tf.constant(shifts)),
        tf.array(-1, size, size, 3));
  }

  private Operand<TFloat32> unmixed() {
    return planes == null ? resized() : planes;
  }

  /** Both axes' matrices are made at once, rows first; then columns and rows are resized. */
  private Operand<TFloat32> resized() {
    Ops tf = tf();
    Window box = window();
    int side = source.side;
    Operand<TInt32> axis = tf.constant(0);
    Operand<TFloat32> matrices =
        Resampling.matrices(
            tf,
            tf.concat(List.of(box.top, box.left), axis),
            tf.concat(List.of(box.height, box.width), axis),
            tf.concat(List.of(box.flipRows, box.flipColumns), axis),
            side,
            size);
    var both = tf.split(axis, matrices, 2L).output();
    return Resampling.resize(tf, source.canvas, side, both.get(0), both.get(1), size);
  }

  private Window window() {
    if (window == null) {
      throw new IllegalArgumentException("a view's first augmentation must be a crop");
    }
    return window;
  }

  private record Source(
      Ops tf,
      Operand<TFloat32> canvas,
      int side,
      Operand<TFloat32> heights,
      Operand<TFloat32> widths,
      Operand<TInt32> count) {}

  /**
   * The box of each image that becomes the view, and whether it is mirrored; all {@code [batch]}.
   */
  private record Window(
      Operand<TFloat32> top,
      Operand<TFloat32> left,
      Operand<TFloat32> height,
      Operand<TFloat32> width,
      Operand<TFloat32> flipRows,
      Operand<TFloat32> flipColumns) {
    Window flipColumns(Ops tf, Operand<TFloat32> flip) {
      return new Window(top, left, height, width, flipRows, either(tf, flipColumns, flip));
    }

    Window flipRows(Ops tf, Operand<TFloat32> flip) {
      return new Window(top, left, height, width, either(tf, flipRows, flip), flipColumns);
    }

    /** A second flip undoes the first. */
    private static Operand<TFloat32> either(
        Ops tf, Operand<TFloat32> first, Operand<TFloat32> second) {
      return tf.math.abs(tf.math.sub(first, second));
    }
  }
}
