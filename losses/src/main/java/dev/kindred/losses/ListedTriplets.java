package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** The loss of all triplets one by one, a block of anchors at a time. */
final class ListedTriplets {
  private static final int MOST_BLOCKS = 64;

  private final Triplet triplet;
  private final Ops tf;
  private final Operand<TInt32> labels;

  ListedTriplets(Triplet triplet, Ops tf, Operand<TInt32> labels) {
    this.triplet = triplet;
    this.tf = tf;
    this.labels = labels;
  }

  /** The losses of the triplets {@code [anchors, batch, batch]}, and which were chosen. */
  private record Listed(Operand<TFloat64> losses, Operand<TFloat64> chosen) {}

  Operand<TFloat64> loss(Operand<TFloat64> distances) {
    int blocks = blocks();
    Operand<TFloat64> sum =
        RowBlocks.sum(
            tf,
            blocks,
            List.of(distances),
            distances,
            (in, block) -> {
              Listed listed = listed(in, block);
              return in.math.mul(listed.losses(), listed.chosen());
            });
    Operand<TFloat64> divisor =
        RowBlocks.measure(
            tf,
            blocks,
            tf.stopGradient(distances),
            (in, block) -> {
              Listed listed = listed(in, block);
              return triplet.divided(in, listed.losses(), listed.chosen());
            });
    return tf.math.div(sum, Scalars.divisor(tf, sum, divisor));
  }

  private int blocks() {
    long known = labels.shape().isUnknown() ? -1 : labels.shape().get(0);
    return known > 0 ? (int) Math.min(known, MOST_BLOCKS) : MOST_BLOCKS;
  }

  private Listed listed(Ops in, RowBlocks.Block<TFloat64> block) {
    Operand<TFloat64> near = in.expandDims(block.rows().get(0), in.constant(2));
    Operand<TFloat64> far = in.expandDims(block.rows().get(0), in.constant(1));
    Operand<TFloat64> other = in.expandDims(block.candidates(), in.constant(0));
    Operand<TFloat64> losses =
        triplet.losses(in, near, triplet.swap() ? in.math.minimum(far, other) : far);
    TripletMasks masks = TripletMasks.of(in, labels, block.indices());
    Operand<TBool> valid =
        in.math.logicalAnd(
            in.expandDims(masks.positive(), in.constant(2)),
            in.expandDims(masks.negative(), in.constant(1)));
    Operand<TBool> chosen = in.math.logicalAnd(valid, mined(in, in.math.sub(far, near)));
    return new Listed(losses, Scalars.ones(in, losses, chosen));
  }

  private Operand<TBool> mined(Ops in, Operand<TFloat64> gap) {
    Operand<TFloat64> zero = in.constant(0.0);
    Operand<TFloat64> margin = in.constant(triplet.margin());
    return switch (triplet.mining()) {
      case HARD -> in.math.lessEqual(gap, zero);
      case SEMI_HARD ->
          in.math.logicalAnd(in.math.greater(gap, zero), in.math.lessEqual(gap, margin));
      case EASY -> in.math.greater(gap, margin);
      default -> Sizes.everywhere(in, gap);
    };
  }
}
