package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Moves the picture by a few pixels: it is padded by its edge on every side, and cut back to its
 * size anywhere. All {@code (2 pad + 1)^2} places are equally likely. The one augmentation that
 * most agents on pixels need.
 *
 * @param pad the farthest move in pixels, {@code >= 0}
 * @see <a href="https://arxiv.org/abs/2004.13649">Kostrikov et al. 2020, Image Augmentation Is All
 *     You Need (DrQ)</a>
 */
public record RandomShift(int pad) implements ObservationAugmentation {
  /** DrQ's, for pictures of 84 by 84. */
  public static final int DEFAULT_PAD = 4;

  /** Checks the pad. */
  public RandomShift {
    Require.that(pad >= 0, "pad", ">= 0", pad);
  }

  /** DrQ's pad of 4 pixels. */
  public static RandomShift standard() {
    return new RandomShift(DEFAULT_PAD);
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input, Randomness randomness) {
    Frames frames = Frames.of(tf, input);
    return frames.at(
        places(tf, frames.index(randomness, "rows", 2 * pad + 1), frames.height()),
        places(tf, frames.index(randomness, "columns", 2 * pad + 1), frames.width()),
        frames.height(),
        frames.width());
  }

  /** Beyond the edge is the edge. */
  private Operand<TInt32> places(Ops tf, Operand<TInt32> drawn, int side) {
    Operand<TInt32> moved =
        tf.math.add(
            tf.math.sub(drawn, tf.constant(pad)),
            tf.expandDims(
                tf.range(tf.constant(0), tf.constant(side), tf.constant(1)), tf.constant(0)));
    return tf.math.maximum(tf.constant(0), tf.math.minimum(moved, tf.constant(side - 1)));
  }
}
