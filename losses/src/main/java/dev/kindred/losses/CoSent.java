package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * CoSENT: pairs of a higher gold similarity must have a higher cosine than pairs of a lower one.
 *
 * <p>{@code log(1 + sum over i, j with gold_i < gold_j of exp(scale (s_i - s_j)))}, s the cosine of
 * a pair. Equals sentence-transformers' CoSENTLoss.
 *
 * <p>Where all gold values are equal, and for one pair, it is exactly 0 with gradient 0. Memory is
 * quadratic in the batch.
 *
 * @param scale what cosines are multiplied by, finite and {@code > 0}: an inverse temperature
 * @see <a href="https://kexue.fm/archives/8847">Su 2022, CoSENT</a>
 */
public record CoSent(double scale) {
  /** The scale of the author and of sentence-transformers. */
  public static final double DEFAULT_SCALE = 20;

  /**
   * Checks the scale.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public CoSent {
    Arguments.requirePositive("scale", scale);
  }

  /**
   * Adds the loss to the graph.
   *
   * @param a {@code [batch, dim]}
   * @param b {@code [batch, dim]}
   * @param gold how alike row i of both is, {@code [batch]}; only the order counts
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> a, Operand<T> b, Operand<T> gold) {
    Arguments.requireSameShape("a", a, "b", b);
    Arguments.requireOneEach("a", a, "gold", gold);
    return Precise.of(tf, List.of(a, b, gold), in -> loss(tf, in.get(0), in.get(1), in.get(2)));
  }

  private <T extends TFloating> Operand<T> loss(
      Ops tf, Operand<T> a, Operand<T> b, Operand<T> gold) {
    Operand<T> cosines =
        Similarity.pairedProducts(tf, Rows.normalize(tf, a), Rows.normalize(tf, b));
    Operand<T> logits = tf.math.mul(cosines, Scalars.of(tf, a, scale));
    Operand<T> differences =
        tf.math.sub(tf.expandDims(logits, tf.constant(1)), tf.expandDims(logits, tf.constant(0)));
    Operand<TBool> wrong =
        tf.math.less(tf.expandDims(gold, tf.constant(1)), tf.expandDims(gold, tf.constant(0)));
    return tf.squeeze(
        Contrast.losses(
            tf,
            tf.dtypes.cast(tf.constant(new double[] {0}), logits.type()),
            tf.reshape(differences, tf.array(1, -1)),
            tf.reshape(wrong, tf.array(1, -1))));
  }
}
