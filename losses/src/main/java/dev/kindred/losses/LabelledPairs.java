package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A loss of labels as one of pairs: the two rows of a pair have a label of their own. With {@link
 * Triplet}, each row is an anchor, its partner the positive, and every row of the other pairs a
 * negative that {@link Triplet.Mining} may choose.
 *
 * <p>{@code loss([a; b], [0 .. batch - 1, 0 .. batch - 1])}.
 *
 * @param loss of the rows of both matrices
 */
public record LabelledPairs(LabelLoss loss) implements PairLoss {
  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> a, Operand<T> b) {
    Arguments.requireSameShape("a", a, "b", b);
    Operand<TInt32> labels = tf.tile(Sizes.indices(tf, a), tf.array(2));
    return loss.of(tf, tf.concat(List.of(a, b), tf.constant(0)), labels);
  }
}
