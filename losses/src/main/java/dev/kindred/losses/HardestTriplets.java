package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** For each anchor that has both, the farthest positive and the nearest negative. */
final class HardestTriplets {
  private final Triplet triplet;
  private final Ops tf;
  private final TripletMasks masks;

  HardestTriplets(Triplet triplet, Ops tf, Operand<TInt32> labels) {
    this.triplet = triplet;
    this.tf = tf;
    masks = TripletMasks.of(tf, labels, Sizes.indices(tf, labels));
  }

  Operand<TFloat64> loss(Operand<TFloat64> distances) {
    Operand<TInt32> columns = tf.constant(1);
    Operand<TInt32> positive =
        tf.math.argMax(
            tf.select(masks.positive(), distances, tf.constant(-1.0)), columns, TInt32.class);
    Operand<TInt32> negative =
        tf.math.argMin(
            tf.select(masks.negative(), distances, tf.constant(TripletMasks.FAR)),
            columns,
            TInt32.class);
    Operand<TFloat64> near = Sizes.pick(tf, distances, positive);
    Operand<TFloat64> far = Sizes.pick(tf, distances, negative);
    Operand<TFloat64> losses =
        triplet.losses(
            tf, near, triplet.swap() ? swapped(distances, positive, negative, far) : far);
    return triplet.mean(tf, losses, Scalars.ones(tf, losses, complete()));
  }

  private Operand<TFloat64> swapped(
      Operand<TFloat64> distances,
      Operand<TInt32> positive,
      Operand<TInt32> negative,
      Operand<TFloat64> far) {
    Operand<TInt32> pairs = tf.stack(List.of(positive, negative), Stack.axis(1L));
    return tf.math.minimum(far, tf.gatherNd(distances, pairs));
  }

  /** The anchors that have a positive and a negative. */
  private Operand<TBool> complete() {
    return tf.math.logicalAnd(
        tf.reduceAny(masks.positive(), tf.constant(1)),
        tf.reduceAny(masks.negative(), tf.constant(1)));
  }
}
