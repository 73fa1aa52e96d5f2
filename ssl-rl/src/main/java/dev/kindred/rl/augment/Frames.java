package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Rows;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The shape of a batch of stacks, and what all augmentations do with it. */
record Frames(Ops tf, Operand<TFloat32> values, int stack, int channels, int height, int width) {
  private static final int COLOURS = 3;

  static Frames of(Ops tf, Operand<TFloat32> values) {
    Shape shape = values.shape();
    if (shape.numDimensions() != 5 || shape.tail().hasUnknownDimension()) {
      throw new IllegalArgumentException(
          "frames must be [batch, stack, channels, height, width], were " + shape);
    }
    return new Frames(
        tf, values, (int) shape.get(1), (int) shape.get(2), (int) shape.get(3), (int) shape.get(4));
  }

  /** Whether there are colours at all. */
  Frames requireColours(String what) {
    if (channels != COLOURS) {
      throw new IllegalArgumentException(
          "%s needs pictures of 3 channels, these have %d; leave it out".formatted(what, channels));
    }
    return this;
  }

  Operand<TInt32> count() {
    return Rows.count(tf, values);
  }

  /** Uniform numbers in {@code [0, 1)} for each observation, {@code [batch, rest...]}. */
  Operand<TFloat32> uniform(Randomness randomness, String name, int... rest) {
    return randomness.uniform(name, shape(rest), 0);
  }

  /** Standard normal numbers for each observation, {@code [batch, rest...]}. */
  Operand<TFloat32> normal(Randomness randomness, String name, int... rest) {
    return randomness.normal(name, shape(rest), 0);
  }

  /** A whole number in {@code [0, n)} for each observation, {@code [batch, 1]}. */
  Operand<TInt32> index(Randomness randomness, String name, int n) {
    return tf.dtypes.cast(
        tf.math.mul(uniform(randomness, name, 1), tf.constant((float) n)), TInt32.class);
  }

  /**
   * A number for each observation, {@code [batch]} or {@code [batch, 1]}, to spread over pixels.
   */
  Operand<TFloat32> perObservation(Operand<TFloat32> numbers) {
    return tf.reshape(numbers, tf.array(-1, 1, 1, 1, 1));
  }

  /**
   * Other pixels of each observation, the same in all its planes.
   *
   * @param rows which row of the old picture each row of the new one is, {@code [batch, newHeight]}
   * @param columns likewise, {@code [batch, newWidth]}
   */
  Operand<TFloat32> at(Operand<TInt32> rows, Operand<TInt32> columns, int newHeight, int newWidth) {
    Operand<TInt32> places =
        tf.reshape(
            tf.math.add(
                tf.math.mul(tf.expandDims(rows, tf.constant(2)), tf.constant(width)),
                tf.expandDims(columns, tf.constant(1))),
            tf.array(-1, newHeight * newWidth));
    Operand<TFloat32> flat = tf.reshape(values, tf.array(-1, stack * channels, height * width));
    return tf.reshape(
        tf.gather(flat, places, tf.constant(2), Gather.batchDims(1L)),
        tf.array(-1, stack, channels, newHeight, newWidth));
  }

  private Operand<TInt32> shape(int... rest) {
    List<Operand<TInt32>> shape = new ArrayList<>();
    shape.add(count());
    for (int dimension : rest) {
      shape.add(tf.constant(dimension));
    }
    return tf.stack(shape);
  }
}
