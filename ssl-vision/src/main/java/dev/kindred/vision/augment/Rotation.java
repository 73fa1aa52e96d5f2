package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.image.ImageProjectiveTransformV3;
import org.tensorflow.types.TFloat32;

/**
 * Turns an image about its middle by a random angle with a probability; bilinear, and black where
 * nothing is.
 *
 * @param degrees the reach of the angle, which is uniform in {@code [-degrees, degrees]}; in {@code
 *     [0, 180]}
 * @param probability the share of images that are turned, in {@code [0, 1]}
 */
public record Rotation(double degrees, double probability) implements Augmentation {
  /** Checks the settings. */
  public Rotation {
    Require.that(degrees >= 0 && degrees <= 180, "degrees", "in [0, 180]", degrees);
    Require.share("probability", probability);
  }

  /** A rotation of every image by up to {@code degrees} either way. */
  public static Rotation upTo(double degrees) {
    return new Rotation(degrees, 1);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    double reach = Math.toRadians(degrees);
    Operand<TFloat32> angles = Draws.range(tf, images.uniform(randomness, "angle"), -reach, reach);
    return images.some(
        images.chance(randomness, probability),
        (planes, rows) ->
            turned(tf, planes, tf.gather(angles, rows, tf.constant(0)), images.size()));
  }

  /** Each plane is an image of one channel, so that nothing has to be transposed. */
  private static Operand<TFloat32> turned(
      Ops tf, Operand<TFloat32> planes, Operand<TFloat32> angles, int size) {
    Operand<TFloat32> perPlane =
        tf.reshape(
            tf.math.mul(tf.expandDims(transforms(tf, angles, size), tf.constant(1)), ones(tf)),
            tf.array(-1, 8));
    Operand<TFloat32> turned =
        tf.image.imageProjectiveTransformV3(
            tf.reshape(planes, tf.array(-1, size, size, 1)),
            perPlane,
            tf.array(size, size),
            tf.constant(0f),
            "BILINEAR",
            ImageProjectiveTransformV3.fillMode("CONSTANT"));
    return tf.reshape(turned, tf.array(-1, 3, size * size));
  }

  private static Operand<TFloat32> ones(Ops tf) {
    return tf.constant(new float[][] {{1}, {1}, {1}});
  }

  /** Where each output pixel comes from: {@code [a0, a1, a2, b0, b1, b2, 0, 0]} for each image. */
  private static Operand<TFloat32> transforms(Ops tf, Operand<TFloat32> angles, int size) {
    Operand<TFloat32> cos = tf.math.cos(angles);
    Operand<TFloat32> sin = tf.math.sin(angles);
    Operand<TFloat32> minusSin = tf.math.neg(sin);
    Operand<TFloat32> middle = tf.constant((size - 1) / 2f);
    Operand<TFloat32> zero = tf.zerosLike(angles);
    return tf.stack(
        List.of(
            cos,
            minusSin,
            tf.math.mul(middle, tf.math.sub(tf.math.add(sin, tf.constant(1f)), cos)),
            sin,
            cos,
            tf.math.mul(middle, tf.math.sub(tf.math.sub(tf.constant(1f), sin), cos)),
            zero,
            zero),
        Stack.axis(1L));
  }
}
