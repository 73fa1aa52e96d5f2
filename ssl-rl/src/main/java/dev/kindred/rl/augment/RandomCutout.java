package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Covers a rectangle of every observation, its sides and its place uniform, with black or with a
 * random colour.
 *
 * @param smallest the least side in pixels, {@code >= 1}
 * @param largest the greatest side in pixels, not below
 * @param coloured whether it has a random colour, else it is black
 * @see <a href="https://arxiv.org/abs/2004.14990">Laskin et al. 2020, RAD</a> (cutout and
 *     cutout-colour, sides of 10 to 30)
 */
public record RandomCutout(int smallest, int largest, boolean coloured)
    implements ObservationAugmentation {
  /** Checks the sides. */
  public RandomCutout {
    Require.atLeastOne("smallest side", smallest);
    Require.that(largest >= smallest, "largest side", ">= " + smallest, largest);
  }

  /** RAD's, in black. */
  public static RandomCutout standard() {
    return new RandomCutout(10, 30, false);
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input, Randomness randomness) {
    Frames frames = Frames.of(tf, input);
    Operand<TFloat32> draws = frames.uniform(randomness, "rectangle", 4);
    Operand<TBool> rows = covered(tf, draws, 0, frames.height());
    Operand<TBool> columns = covered(tf, draws, 2, frames.width());
    Operand<TBool> inside =
        tf.math.logicalAnd(
            tf.reshape(rows, tf.array(-1, 1, 1, frames.height(), 1)),
            tf.reshape(columns, tf.array(-1, 1, 1, 1, frames.width())));
    return tf.select(inside, colour(frames, randomness), input);
  }

  private Operand<TFloat32> colour(Frames frames, Randomness randomness) {
    Ops tf = frames.tf();
    if (!coloured) {
      return tf.constant(0f);
    }
    return tf.reshape(
        frames.uniform(randomness, "colour", frames.channels()),
        tf.array(-1, 1, frames.channels(), 1, 1));
  }

  /** Which pixels of an axis are covered, {@code [batch, side]}; whole pixels, never beyond it. */
  private Operand<TBool> covered(Ops tf, Operand<TFloat32> draws, int first, int side) {
    Operand<TFloat32> size =
        tf.math.minimum(
            tf.math.floor(
                tf.math.add(
                    tf.math.mul(column(tf, draws, first), tf.constant(largest - smallest + 1f)),
                    tf.constant((float) smallest))),
            tf.constant((float) side));
    Operand<TFloat32> begin =
        tf.math.floor(
            tf.math.mul(column(tf, draws, first + 1), tf.math.sub(tf.constant(side + 1f), size)));
    Operand<TFloat32> place =
        tf.expandDims(
            tf.range(tf.constant(0f), tf.constant((float) side), tf.constant(1f)), tf.constant(0));
    return tf.math.logicalAnd(
        tf.math.greaterEqual(place, begin), tf.math.less(place, tf.math.add(begin, size)));
  }

  private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> draws, int index) {
    return tf.slice(draws, tf.array(0, index), tf.array(-1, 1));
  }
}
