package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;

/**
 * Which rows are positives and which are negatives of some anchors.
 *
 * @param positive same label, other row, {@code [anchors, batch]}
 * @param negative other label, {@code [anchors, batch]}
 */
record TripletMasks(Operand<TBool> positive, Operand<TBool> negative) {
  /** Farther than any distance that counts. */
  static final double FAR = 1e300;

  /** Those of the anchors at {@code indices}. */
  static TripletMasks of(Ops tf, Operand<TInt32> labels, Operand<TInt32> indices) {
    Operand<TBool> same = Sizes.equal(tf, tf.gather(labels, indices, tf.constant(0)), labels);
    Operand<TBool> other = Sizes.differ(tf, indices, Sizes.indices(tf, labels));
    return new TripletMasks(tf.math.logicalAnd(same, other), tf.math.logicalNot(same));
  }
}
