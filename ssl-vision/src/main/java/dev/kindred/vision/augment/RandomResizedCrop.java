package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Takes a random box of each image and resizes it to a square, as torchvision's transform of the
 * same name does.
 *
 * <p>The box's share of the image's area is uniform in {@code [minScale, maxScale]}, the logarithm
 * of its aspect ratio (width by height) uniform between those of {@code minRatio} and {@code
 * maxRatio}; sides are rounded to whole pixels, and the place is uniform among the whole pixels
 * that keep the box inside. The first of ten such boxes that fits is taken, or else the largest
 * central box of an allowed ratio. Resizing is PIL's antialiased bilinear.
 *
 * <p>Szegedy et al., <a href="https://arxiv.org/abs/1409.4842">Going Deeper with Convolutions</a>,
 * 2015.
 *
 * @param size the side of the result, in pixels
 * @param minScale the smallest share of the area, above 0
 * @param maxScale the largest share of the area, at most 1
 * @param minRatio the smallest aspect ratio, above 0
 * @param maxRatio the largest aspect ratio
 */
public record RandomResizedCrop(
    int size, double minScale, double maxScale, double minRatio, double maxRatio) implements Crop {
  /** The smallest share of the area in torchvision and SimCLR. */
  public static final double DEFAULT_MIN_SCALE = 0.08;

  /** The smallest aspect ratio in torchvision and SimCLR. */
  public static final double DEFAULT_MIN_RATIO = 3.0 / 4;

  /** The largest aspect ratio in torchvision and SimCLR. */
  public static final double DEFAULT_MAX_RATIO = 4.0 / 3;

  private static final int TRIES = 10;

  /** Checks the settings. */
  public RandomResizedCrop {
    Require.atLeastOne("size", size);
    Require.that(
        minScale > 0 && minScale <= maxScale && maxScale <= 1,
        "scale",
        "[min, max] with 0 < min <= max <= 1",
        List.of(minScale, maxScale));
    Require.that(
        minRatio > 0 && minRatio <= maxRatio && Double.isFinite(maxRatio),
        "ratio",
        "[min, max] with 0 < min <= max",
        List.of(minRatio, maxRatio));
  }

  /** The crop of torchvision and SimCLR: scale {@code [0.08, 1]}, ratio {@code [3/4, 4/3]}. */
  public static RandomResizedCrop to(int size) {
    return new RandomResizedCrop(size, DEFAULT_MIN_SCALE, 1, DEFAULT_MIN_RATIO, DEFAULT_MAX_RATIO);
  }

  /** This crop with another range of scales. */
  public RandomResizedCrop withScale(double min, double max) {
    return new RandomResizedCrop(size, min, max, minRatio, maxRatio);
  }

  /** This crop with another range of aspect ratios. */
  public RandomResizedCrop withRatio(double min, double max) {
    return new RandomResizedCrop(size, minScale, maxScale, min, max);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    Box box = firstFitting(images, randomness);
    var place = tf.unstack(images.uniform(randomness, "place", 2), 2L).output();
    return images.crop(
        size,
        place(tf, place.get(0), images.heights(), box.height, box.fits),
        place(tf, place.get(1), images.widths(), box.width, box.fits),
        box.height,
        box.width);
  }

  /** Uniform among the whole offsets that keep the box inside, or central if nothing fitted. */
  private static Operand<TFloat32> place(
      Ops tf,
      Operand<TFloat32> uniform,
      Operand<TFloat32> whole,
      Operand<TFloat32> part,
      Operand<TBool> fits) {
    Operand<TFloat32> room = tf.math.sub(whole, part);
    Operand<TFloat32> random =
        tf.math.floor(tf.math.mul(uniform, tf.math.add(room, tf.constant(1f))));
    Operand<TFloat32> central = tf.math.floor(tf.math.mul(room, tf.constant(0.5f)));
    return tf.select(fits, tf.math.minimum(random, room), central);
  }

  private Box firstFitting(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    var draws = tf.unstack(images.uniform(randomness, "box", 2, TRIES), 2L).output();
    Operand<TFloat32> area =
        tf.math.mul(
            tf.math.mul(images.heights(), images.widths()),
            Draws.range(tf, draws.get(0), minScale, maxScale));
    Operand<TFloat32> ratio =
        tf.math.exp(Draws.range(tf, draws.get(1), Math.log(minRatio), Math.log(maxRatio)));
    Operand<TFloat32> widths = tf.math.rint(tf.math.sqrt(tf.math.mul(area, ratio)));
    Operand<TFloat32> heights = tf.math.rint(tf.math.sqrt(tf.math.div(area, ratio)));
    Operand<TFloat32> fits =
        tf.dtypes.cast(
            tf.math.logicalAnd(
                within(tf, heights, images.heights()), within(tf, widths, images.widths())),
            TFloat32.class);
    Operand<TInt32> tries = tf.constant(0);
    Operand<TFloat32> rank = tf.math.mul(fits, tf.math.cumsum(fits, tries));
    Operand<TFloat32> first = tf.dtypes.cast(tf.math.equal(rank, tf.constant(1f)), TFloat32.class);
    Operand<TBool> any = tf.math.greater(tf.reduceSum(first, tries), tf.constant(0f));
    Box central = central(images);
    return new Box(
        tf.select(any, tf.reduceSum(tf.math.mul(first, heights), tries), central.height),
        tf.select(any, tf.reduceSum(tf.math.mul(first, widths), tries), central.width),
        any);
  }

  /** The largest box whose ratio is allowed: the whole image, or cut at its longer side. */
  private Box central(ImageBatch images) {
    Ops tf = images.tf();
    Operand<TFloat32> heights = images.heights();
    Operand<TFloat32> widths = images.widths();
    return new Box(
        tf.math.minimum(
            heights, tf.math.rint(tf.math.mul(widths, tf.constant((float) (1 / minRatio))))),
        tf.math.minimum(widths, tf.math.rint(tf.math.mul(heights, tf.constant((float) maxRatio)))),
        tf.constant(false));
  }

  private static Operand<TBool> within(Ops tf, Operand<TFloat32> part, Operand<TFloat32> whole) {
    return tf.math.logicalAnd(
        tf.math.greater(part, tf.constant(0f)), tf.math.lessEqual(part, whole));
  }

  /** Box sizes {@code [batch]}, and which images a random one fitted. */
  private record Box(Operand<TFloat32> height, Operand<TFloat32> width, Operand<TBool> fits) {}
}
