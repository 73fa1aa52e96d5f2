package dev.kindred.vision.augment;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;

/**
 * Turns the hue of colours in HSV space, where value and chroma stay as they are.
 *
 * <p>The hue is measured in sixths of a turn, so that each channel is {@code min + chroma * ramp},
 * and the ramps are piecewise linear in the hue: red {@code |h - 3| - 1}, green {@code 2 - |h - 2|}
 * and blue {@code 2 - |h - 4|}, all cut to {@code [0, 1]}.
 */
final class Hue {
  private static final float SMALLEST = 1e-12f;

  private Hue() {}

  /**
   * Adds the turn to the graph.
   *
   * @param planes colours {@code [batch, 3, pixels]}
   * @param turns in whole turns, {@code [batch]}
   */
  static Operand<TFloat32> turn(Ops tf, Operand<TFloat32> planes, Operand<TFloat32> turns) {
    var channels = tf.unstack(planes, 3L, Unstack.axis(1L)).output();
    Operand<TFloat32> red = channels.get(0);
    Operand<TFloat32> green = channels.get(1);
    Operand<TFloat32> blue = channels.get(2);
    Operand<TFloat32> max = tf.math.maximum(red, tf.math.maximum(green, blue));
    Operand<TFloat32> min = tf.math.minimum(red, tf.math.minimum(green, blue));
    Operand<TFloat32> chroma = tf.math.sub(max, min);
    Operand<TFloat32> sixths = tf.expandDims(tf.math.mul(turns, tf.constant(6f)), tf.constant(1));
    Operand<TFloat32> hue =
        wrapped(tf, tf.math.add(hue(tf, red, green, blue, max, chroma), sixths));
    return tf.stack(
        List.of(
            channel(tf, min, chroma, tf.math.sub(away(tf, hue, 3), tf.constant(1f))),
            channel(tf, min, chroma, tf.math.sub(tf.constant(2f), away(tf, hue, 2))),
            channel(tf, min, chroma, tf.math.sub(tf.constant(2f), away(tf, hue, 4)))),
        Stack.axis(1L));
  }

  private static Operand<TFloat32> hue(
      Ops tf,
      Operand<TFloat32> red,
      Operand<TFloat32> green,
      Operand<TFloat32> blue,
      Operand<TFloat32> max,
      Operand<TFloat32> chroma) {
    Operand<TFloat32> scale = tf.math.reciprocal(tf.math.maximum(chroma, tf.constant(SMALLEST)));
    return tf.select(
        tf.math.equal(max, red),
        tf.math.mul(tf.math.sub(green, blue), scale),
        tf.select(
            tf.math.equal(max, green),
            tf.math.add(tf.math.mul(tf.math.sub(blue, red), scale), tf.constant(2f)),
            tf.math.add(tf.math.mul(tf.math.sub(red, green), scale), tf.constant(4f))));
  }

  /** A hue in {@code [0, 6)}. */
  private static Operand<TFloat32> wrapped(Ops tf, Operand<TFloat32> hue) {
    Operand<TFloat32> whole = tf.math.floor(tf.math.mul(hue, tf.constant(1f / 6)));
    return tf.math.sub(hue, tf.math.mul(whole, tf.constant(6f)));
  }

  private static Operand<TFloat32> away(Ops tf, Operand<TFloat32> hue, float from) {
    return tf.math.abs(tf.math.sub(hue, tf.constant(from)));
  }

  private static Operand<TFloat32> channel(
      Ops tf, Operand<TFloat32> min, Operand<TFloat32> chroma, Operand<TFloat32> ramp) {
    return tf.math.add(min, tf.math.mul(chroma, Colors.clip(tf, ramp)));
  }
}
