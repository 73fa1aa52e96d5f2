package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A convolution of 3 by 3 with random weights, others for each observation: shapes stay, colours
 * and textures do not. Its weights are normal with variance {@code 2 / (fan in + fan out)}, its
 * output goes through a sigmoid, and the edge is padded by itself.
 *
 * @param probability the share of observations that are changed at all, in {@code [0, 1]}
 * @see <a href="https://arxiv.org/abs/1910.05396">Lee et al. 2019, Network Randomization</a>
 */
public record RandomConvolution(double probability) implements ObservationAugmentation {
  private static final int SIDE = 3;

  /** Checks the share. */
  public RandomConvolution {
    Require.share("probability", probability);
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input, Randomness randomness) {
    Frames frames = Frames.of(tf, input);
    Operand<TFloat32> convolved =
        tf.math.sigmoid(
            tf.reshape(
                tf.train.batchMatMul(
                    weights(frames, randomness), neighbours(frames), TFloat32.class),
                tf.array(-1, frames.stack(), frames.channels(), frames.height(), frames.width())));
    Operand<TBool> chosen =
        tf.math.less(
            frames.perObservation(frames.uniform(randomness, "chance")),
            tf.constant((float) probability));
    return tf.select(chosen, convolved, input);
  }

  /** Of shape {@code [batch, 1, channels, 9 channels]}: one for all pictures of a stack. */
  private static Operand<TFloat32> weights(Frames frames, Randomness randomness) {
    Ops tf = frames.tf();
    int taps = SIDE * SIDE * frames.channels();
    double deviation = Math.sqrt(2.0 / (2 * taps));
    Operand<TFloat32> drawn = frames.normal(randomness, "weights", 1, frames.channels(), taps);
    return tf.math.mul(drawn, tf.constant((float) deviation));
  }

  /** Every pixel's surroundings, {@code [batch, stack, 9 channels, pixels]}. */
  private static Operand<TFloat32> neighbours(Frames frames) {
    Ops tf = frames.tf();
    List<Operand<TFloat32>> shifted = new ArrayList<>();
    for (int row = -1; row <= 1; row++) {
      for (int column = -1; column <= 1; column++) {
        Operand<TFloat32> moved =
            tf.gather(
                tf.gather(frames.values(), edge(tf, row, frames.height()), tf.constant(3)),
                edge(tf, column, frames.width()),
                tf.constant(4));
        shifted.add(moved);
      }
    }
    return tf.reshape(
        tf.stack(shifted, Stack.axis(2L)),
        tf.array(
            -1, frames.stack(), SIDE * SIDE * frames.channels(), frames.height() * frames.width()));
  }

  private static Operand<TInt32> edge(Ops tf, int offset, int side) {
    int[] places = new int[side];
    for (int i = 0; i < side; i++) {
      places[i] = Math.max(0, Math.min(side - 1, i + offset));
    }
    return tf.constant(places);
  }
}
