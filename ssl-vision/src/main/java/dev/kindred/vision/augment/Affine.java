package dev.kindred.vision.augment;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.image.ImageProjectiveTransformV3;
import org.tensorflow.types.TFloat32;

/**
 * Affine maps of the plane, one for each image, and images resampled by them.
 *
 * <p>A map {@code [a0, a1, a2, b0, b1, b2, 0, 0]} says where an output pixel comes from: column
 * {@code a0 x + a1 y + a2}, row {@code b0 x + b1 y + b2}.
 */
final class Affine {
  private Affine() {}

  /**
   * The images seen through the maps: bilinear, {@code fill} where nothing is.
   *
   * @param planes {@code [batch, 3, size * size]}
   * @param maps {@code [batch, 8]}
   * @return {@code [batch, 3, size * size]}
   */
  static Operand<TFloat32> resampled(
      Ops tf, Operand<TFloat32> planes, Operand<TFloat32> maps, int size, double fill) {
    // Each plane is an image of one channel, so that nothing has to be transposed.
    Operand<TFloat32> perPlane =
        tf.reshape(tf.math.mul(tf.expandDims(maps, tf.constant(1)), ones(tf)), tf.array(-1, 8));
    Operand<TFloat32> resampled =
        tf.image.imageProjectiveTransformV3(
            tf.reshape(planes, tf.array(-1, size, size, 1)),
            perPlane,
            tf.array(size, size),
            tf.constant((float) fill),
            "BILINEAR",
            ImageProjectiveTransformV3.fillMode("CONSTANT"));
    return tf.reshape(resampled, tf.array(-1, 3, size * size));
  }

  private static Operand<TFloat32> ones(Ops tf) {
    return tf.constant(new float[][] {{1}, {1}, {1}});
  }

  /**
   * Turns about the middle of an image, counter-clockwise.
   *
   * @param angles in radians, {@code [batch]}
   * @return {@code [batch, 8]}
   */
  static Operand<TFloat32> turns(Ops tf, Operand<TFloat32> angles, int size) {
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
