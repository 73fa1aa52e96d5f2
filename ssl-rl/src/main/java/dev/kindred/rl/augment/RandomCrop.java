package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Cuts a square out of the picture, anywhere, all places equally likely, the last of each axis
 * included (CURL's own code never draws it). Where nothing is random, the square is in the middle.
 *
 * @param size the side of the square in pixels, {@code >= 1}
 * @see <a href="https://arxiv.org/abs/2004.04136">Laskin et al. 2020, CURL</a>, which cuts 84 of
 *     100
 */
public record RandomCrop(int size) implements ObservationAugmentation {
  /** Checks the size. */
  public RandomCrop {
    Require.atLeastOne("crop size", size);
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input, Randomness randomness) {
    Frames frames = fitting(tf, input);
    return frames.at(
        places(tf, frames.index(randomness, "rows", frames.height() - size + 1)),
        places(tf, frames.index(randomness, "columns", frames.width() - size + 1)),
        size,
        size);
  }

  /** The square in the middle, for where nothing is random. */
  public Operand<TFloat32> middle(Ops tf, Operand<TFloat32> input) {
    Frames frames = fitting(tf, input);
    return tf.slice(
        input,
        tf.array(0, 0, 0, (frames.height() - size) / 2, (frames.width() - size) / 2),
        tf.array(-1, frames.stack(), frames.channels(), size, size));
  }

  private Frames fitting(Ops tf, Operand<TFloat32> input) {
    Frames frames = Frames.of(tf, input);
    if (size > frames.height() || size > frames.width()) {
      throw new IllegalArgumentException(
          "crop size must be at most that of the picture, %d by %d, was %d"
              .formatted(frames.height(), frames.width(), size));
    }
    return frames;
  }

  private Operand<TInt32> places(Ops tf, Operand<TInt32> first) {
    return tf.math.add(
        first,
        tf.expandDims(tf.range(tf.constant(0), tf.constant(size), tf.constant(1)), tf.constant(0)));
  }
}
