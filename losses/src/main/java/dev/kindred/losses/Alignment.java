package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Alignment: how far the two views of an example are apart on the unit sphere, {@code |u -
 * v|^power}, mean over the batch. A regulariser, and half of what contrastive losses do; {@link
 * Uniformity} is the other half.
 *
 * @param power finite and {@code > 0}; the paper's is 2
 * @see <a href="https://arxiv.org/abs/2005.10242">Wang and Isola 2020, Understanding Contrastive
 *     Representation Learning through Alignment and Uniformity on the Hypersphere</a>
 */
public record Alignment(double power) implements PairLoss {
  /**
   * Checks the power.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public Alignment {
    Arguments.requirePositive("power", power);
  }

  /** The paper's power of 2. */
  public static Alignment standard() {
    return new Alignment(2);
  }

  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> view0, Operand<T> view1) {
    Arguments.requireSameShape("view0", view0, "view1", view1);
    return Precise.of(tf, List.of(view0, view1), in -> loss(tf, in.get(0), in.get(1)));
  }

  private <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> view0, Operand<T> view1) {
    Distance distance = power == 2 ? Distance.SQUARED_EUCLIDEAN : Distance.EUCLIDEAN;
    Operand<T> apart = distance.paired(tf, Rows.normalize(tf, view0), Rows.normalize(tf, view1));
    Operand<T> powers = power == 2 ? apart : tf.math.pow(apart, Scalars.of(tf, apart, power));
    return tf.math.mean(powers, tf.constant(0));
  }
}
