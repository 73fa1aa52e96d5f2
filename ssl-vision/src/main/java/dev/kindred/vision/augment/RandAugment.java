package dev.kindred.vision.augment;

import static dev.kindred.vision.augment.RandomOperation.amounts;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Changes an image by a few operations in turn, each drawn from the same fourteen: identity, shear
 * and translation along x and y, rotation, brightness, color, contrast, sharpness, posterize,
 * solarize, auto-contrast and equalize.
 *
 * <p>All go equally far, by one magnitude of 0 to 30, as torchvision's transform of the same name
 * has it. Shares of the largest magnitude: shears of 0.3, translations by 150/331 of the side cut
 * to whole pixels, rotations by 30 degrees, factors of 1 and 0.9 more or less, 4 bits lost to
 * posterize, a threshold that solarize moves from white down to black. Geometry and factors are as
 * often positive as negative. Each image draws its own operations and signs, with repetition.
 *
 * <p>It differs from torchvision's in this: geometry is bilinear, as torchvision's own training
 * scripts ask for, not nearest, and fades into the fill at the border; colours stay fractions
 * between operations, and only posterize and equalize round them to the 256 levels of a byte, while
 * solarize compares as if it had; {@code fill} is grey; and auto-contrast leaves a channel that
 * spans less than half a level.
 *
 * <p>Cubuk et al., <a href="https://arxiv.org/abs/1909.13719">RandAugment: Practical automated data
 * augmentation with a reduced search space</a>, 2020.
 *
 * @param operations how many operations in turn (the paper's N), at least 0
 * @param magnitude how far each goes (the paper's M), in {@code [0, 30]}
 * @param fill the colour of what geometry uncovers, in {@code [0, 1]}; 0 is black
 */
public record RandAugment(int operations, int magnitude, double fill) implements Augmentation {
  /** Torchvision's default, and the paper's for ImageNet and ResNet-50. */
  public static final int DEFAULT_OPERATIONS = 2;

  /** Torchvision's default, and the paper's for ImageNet and ResNet-50. */
  public static final int DEFAULT_MAGNITUDE = 9;

  /** The last of torchvision's 31 magnitudes. */
  public static final int MAX_MAGNITUDE = 30;

  /** Checks the settings. */
  public RandAugment {
    Require.that(operations >= 0, "operations", ">= 0", operations);
    Require.that(
        magnitude >= 0 && magnitude <= MAX_MAGNITUDE,
        "magnitude",
        "in [0, " + MAX_MAGNITUDE + "]",
        magnitude);
    Require.share("fill", fill);
  }

  /** Torchvision's default: two operations of magnitude 9, and black. */
  public static RandAugment standard() {
    return new RandAugment(DEFAULT_OPERATIONS, DEFAULT_MAGNITUDE, 0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>For each operation in turn the batch is parted by kind, so that an image pays for what it
   * draws and no more: the five geometric operations are one resampling, the three of colour one
   * small matrix product, and the others one part each. The magnitude is a constant; therefore an
   * image's map, matrix or factor is a row of a table.
   */
  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    if (operations == 0) {
      return images;
    }
    Ops tf = images.tf();
    var drawn = tf.unstack(uniform(images, randomness, "operation"), (long) operations).output();
    var signs = tf.unstack(uniform(images, randomness, "sign"), (long) operations).output();
    Operand<TFloat32> planes = images.planes();
    for (int i = 0; i < operations; i++) {
      planes = changed(tf, planes, codes(tf, drawn.get(i), signs.get(i)), images.size());
    }
    return images.withPlanes(planes);
  }

  private Operand<TFloat32> uniform(ImageBatch images, Randomness randomness, String name) {
    return images.uniform(randomness, name, operations);
  }

  private static Operand<TInt32> codes(
      Ops tf, Operand<TFloat32> operation, Operand<TFloat32> sign) {
    return tf.math.add(
        tf.math.mul(
            Draws.index(tf, operation, RandomOperation.COUNT), tf.constant(RandomOperation.SIGNS)),
        Draws.index(tf, sign, RandomOperation.SIGNS));
  }

  private Operand<TFloat32> changed(
      Ops tf, Operand<TFloat32> planes, Operand<TInt32> codes, int size) {
    Operand<TInt32> kinds = tf.gather(tf.constant(RandomOperation.kinds()), codes, tf.constant(0));
    return new Parts(tf, kinds, RandomOperation.Kind.values().length)
        .apply(planes, changes(tf, codes, size));
  }

  /** In the order of {@link RandomOperation.Kind}. */
  private List<Parts.Change> changes(Ops tf, Operand<TInt32> codes, int size) {
    Operand<TFloat32> maps = maps(tf, size);
    ColorBlend blends = blends(tf);
    Operand<TFloat32> smooth = tf.math.neg(table(tf, RandomOperation.SHARPNESS));
    return List.of(
        Parts.Change.NONE,
        (planes, rows) -> Affine.resampled(tf, planes, of(tf, maps, codes, rows), size, fill),
        (planes, rows) -> blends.rows(tf, of(tf, codes, rows)).apply(tf, planes),
        (planes, rows) -> Sharpness.blended(tf, planes, of(tf, smooth, codes, rows), size),
        (planes, rows) -> Levels.posterized(tf, planes, lostBits()),
        (planes, rows) -> Solarize.inverted(tf, planes, tf.constant(threshold())),
        (planes, rows) -> Levels.stretched(tf, planes),
        (planes, rows) -> Levels.equalized(tf, planes, size * size));
  }

  /** The affine map of each code; shears leave the top left corner where it is. */
  private Operand<TFloat32> maps(Ops tf, int size) {
    float[] shearX = amounts(magnitude, RandomOperation.SHEAR_X);
    float[] shearY = amounts(magnitude, RandomOperation.SHEAR_Y);
    float[] x = amounts(magnitude, RandomOperation.TRANSLATE_X);
    float[] y = amounts(magnitude, RandomOperation.TRANSLATE_Y);
    float[][] shifts = new float[x.length][];
    for (int i = 0; i < shifts.length; i++) {
      float columns = shearX[i] / 2 - (int) (x[i] * size);
      float rows = shearY[i] / 2 - (int) (y[i] * size);
      shifts[i] = new float[] {0, shearX[i], columns, shearY[i], 0, rows, 0, 0};
    }
    return tf.math.add(
        Affine.turns(tf, table(tf, RandomOperation.ROTATE), size), tf.constant(shifts));
  }

  /** The change of colours of each code. */
  private ColorBlend blends(Ops tf) {
    Operand<TFloat32> more =
        table(tf, RandomOperation.BRIGHTNESS, RandomOperation.COLOR, RandomOperation.CONTRAST);
    return new ColorBlend(
        ColorBlend.matrices(
            tf, tf.math.add(more, tf.constant(1f)), tf.math.neg(table(tf, RandomOperation.COLOR))),
        tf.math.neg(table(tf, RandomOperation.CONTRAST)));
  }

  private Operand<TFloat32> table(Ops tf, RandomOperation... of) {
    return tf.constant(amounts(magnitude, of));
  }

  private int lostBits() {
    return (int) Math.rint(RandomOperation.POSTERIZE.amount(magnitude));
  }

  /** The least that would be rounded to the lowest level that is inverted. */
  private float threshold() {
    double lowest = Math.ceil(Levels.HIGHEST - RandomOperation.SOLARIZE.amount(magnitude));
    return (float) ((lowest - Levels.ROUNDING) / Levels.HIGHEST);
  }

  private static Operand<TInt32> of(Ops tf, Operand<TInt32> codes, Operand<TInt32> rows) {
    return tf.gather(codes, rows, tf.constant(0));
  }

  private static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> table, Operand<TInt32> codes, Operand<TInt32> rows) {
    return tf.gather(table, of(tf, codes, rows), tf.constant(0));
  }
}
