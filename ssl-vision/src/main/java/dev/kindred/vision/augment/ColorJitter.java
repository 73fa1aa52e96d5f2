package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Changes brightness, contrast, saturation and hue by random amounts and in random order, as
 * torchvision's transform of the same name does.
 *
 * <p>The factors of the first three are uniform in {@code [max(0, 1 - x), 1 + x]}; they blend the
 * image with black, with the mean of its grey image, and with its grey image: {@code factor * image
 * + (1 - factor) * other}. The hue turns by a share of the circle that is uniform in {@code [-hue,
 * hue]}. Colours are cut to {@code [0, 1]} after each. All 24 orders are equally likely.
 *
 * @param brightness the reach of the brightness factor, at least 0
 * @param contrast the reach of the contrast factor, at least 0
 * @param saturation the reach of the saturation factor, at least 0
 * @param hue the reach of the hue's turn, in {@code [0, 0.5]}
 * @param probability the share of images that are changed at all, in {@code [0, 1]}
 */
public record ColorJitter(
    double brightness, double contrast, double saturation, double hue, double probability)
    implements Augmentation {
  /** The share of images that SimCLR changes (Chen et al. 2020, appendix A). */
  public static final double DEFAULT_PROBABILITY = 0.8;

  /** The three affine changes in their six orders: {@code [order][slot][change]}. */
  private static final float[][][] ORDERS = {
    oneHot(0, 1, 2),
    oneHot(0, 2, 1),
    oneHot(1, 0, 2),
    oneHot(1, 2, 0),
    oneHot(2, 0, 1),
    oneHot(2, 1, 0)
  };

  private static final int HUE_SLOTS = 4;

  /** Checks the settings. */
  public ColorJitter {
    Require.atLeastZero("brightness", brightness);
    Require.atLeastZero("contrast", contrast);
    Require.atLeastZero("saturation", saturation);
    Require.that(hue >= 0 && hue <= 0.5, "hue", "in [0, 0.5]", hue);
    Require.share("probability", probability);
  }

  /**
   * SimCLR's jitter of a strength {@code s}: 0.8 s, 0.8 s, 0.8 s, 0.2 s, of 8 images in 10. SimCLR
   * takes 1 for ImageNet and 0.5 for CIFAR.
   */
  public static ColorJitter ofStrength(double strength) {
    return new ColorJitter(
        0.8 * strength, 0.8 * strength, 0.8 * strength, 0.2 * strength, DEFAULT_PROBABILITY);
  }

  /** This jitter for another share of the images. */
  public ColorJitter withProbability(double share) {
    return new ColorJitter(brightness, contrast, saturation, hue, share);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Brightness, contrast and saturation map a colour {@code c} to {@code A c + b}, so each is
   * one small matrix for each image. The hue is not linear and costs as much as all of them;
   * therefore the batch is parted by the slot that the hue has, 0 to 3, and images that stay as
   * they are. Each part makes its own four changes, once, and the parts are put together again.
   */
  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    var draws = tf.unstack(images.uniform(randomness, "jitter", 7), 7L).output();
    Operand<TInt32> part = part(tf, draws.get(0), draws.get(1));
    Operand<TFloat32> order =
        tf.gather(
            tf.constant(ORDERS), Draws.index(tf, draws.get(2), ORDERS.length), tf.constant(0));
    Operand<TFloat32> factors =
        tf.stack(
            List.of(
                factor(tf, draws.get(3), brightness),
                factor(tf, draws.get(4), contrast),
                factor(tf, draws.get(5), saturation)),
            Stack.axis(1L));
    Operand<TFloat32> turns = Draws.range(tf, draws.get(6), -hue, hue);
    Parts parts = new Parts(tf, part, HUE_SLOTS + 1);
    return images.withPlanes(
        parts.apply(images.planes(), changes(tf, slots(tf, order, factors), turns)));
  }

  /** The slot of the hue for images that are changed, and one more for those that are not. */
  private Operand<TInt32> part(Ops tf, Operand<TFloat32> chance, Operand<TFloat32> slot) {
    return tf.select(
        tf.math.less(chance, tf.constant((float) probability)),
        Draws.index(tf, slot, HUE_SLOTS),
        tf.constant(HUE_SLOTS));
  }

  private List<Parts.Change> changes(Ops tf, List<ColorBlend> slots, Operand<TFloat32> turns) {
    List<Parts.Change> changes = new ArrayList<>();
    for (int i = 0; i < HUE_SLOTS; i++) {
      int hueSlot = i;
      changes.add((planes, rows) -> changed(tf, planes, rows, slots, turns, hueSlot));
    }
    changes.add(Parts.Change.NONE);
    return changes;
  }

  private static Operand<TFloat32> changed(
      Ops tf,
      Operand<TFloat32> planes,
      Operand<TInt32> rows,
      List<ColorBlend> slots,
      Operand<TFloat32> turns,
      int hueSlot) {
    Operand<TFloat32> x = planes;
    for (int slot = 0; slot < HUE_SLOTS; slot++) {
      if (slot == hueSlot) {
        x = Hue.turn(tf, x, tf.gather(turns, rows, tf.constant(0)));
      }
      if (slot < slots.size()) {
        x = slots.get(slot).rows(tf, rows).apply(tf, x);
      }
    }
    return x;
  }

  /** The affine change that each image makes first, second and third. */
  private static List<ColorBlend> slots(
      Ops tf, Operand<TFloat32> chosen, Operand<TFloat32> factors) {
    Operand<TFloat32> perSlot = tf.expandDims(factors, tf.constant(1));
    Operand<TFloat32> factor = tf.reduceSum(tf.math.mul(chosen, perSlot), tf.constant(2));
    var rest =
        tf.unstack(tf.math.mul(chosen, tf.math.sub(tf.constant(1f), perSlot)), 3L, Unstack.axis(2L))
            .output();
    Operand<TFloat32> matrices = ColorBlend.matrices(tf, factor, rest.get(2));
    var matrix = tf.unstack(matrices, 3L, Unstack.axis(1L)).output();
    var contrast = tf.unstack(rest.get(1), 3L, Unstack.axis(1L)).output();
    List<ColorBlend> slots = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      slots.add(new ColorBlend(matrix.get(i), contrast.get(i)));
    }
    return slots;
  }

  private static Operand<TFloat32> factor(Ops tf, Operand<TFloat32> uniform, double reach) {
    return Draws.range(tf, uniform, Math.max(0, 1 - reach), 1 + reach);
  }

  private static float[][] oneHot(int... changes) {
    float[][] rows = new float[changes.length][changes.length];
    for (int i = 0; i < changes.length; i++) {
      rows[i][changes[i]] = 1;
    }
    return rows;
  }
}
