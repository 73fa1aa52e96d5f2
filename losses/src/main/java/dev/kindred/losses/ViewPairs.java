package dev.kindred.losses;

import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * All 2B views of a batch as anchors, each with its other view as the positive: the first views,
 * then the second.
 *
 * @param anchors normalised and divided by the temperature {@code [2B, dim]}
 * @param partners the other view of each, normalised {@code [2B, dim]}
 * @param rows every view, normalised {@code [2B, dim]}
 * @param batch B, a scalar
 */
record ViewPairs<T extends TFloating>(
    Operand<T> anchors, Operand<T> partners, Operand<T> rows, Operand<TInt32> batch) {

  static <T extends TFloating> ViewPairs<T> of(
      Ops tf, Operand<T> view0, Operand<T> view1, double temperature) {
    Operand<T> u0 = Rows.normalize(tf, view0);
    Operand<T> u1 = Rows.normalize(tf, view1);
    Operand<T> rows = tf.concat(List.of(u0, u1), tf.constant(0));
    return new ViewPairs<>(
        tf.math.mul(rows, Scalars.of(tf, rows, 1.0 / temperature)),
        tf.concat(List.of(u1, u0), tf.constant(0)),
        rows,
        Sizes.rows(tf, view0));
  }

  private Logits<T> logits(Ops tf, RowBlocks.Block<T> block) {
    Operand<T> some = block.rows().get(0);
    return new Logits<>(
        Similarity.pairedProducts(tf, some, block.rows().get(1)),
        Similarity.products(tf, some, block.candidates()),
        Sizes.differ(
            tf,
            tf.math.floorMod(block.indices(), batch),
            tf.math.floorMod(Sizes.indices(tf, block.candidates()), batch)));
  }

  /**
   * The logits of some anchors.
   *
   * @param positives {@code [n]}
   * @param all {@code [n, 2B]}
   * @param negative which of them are of another example {@code [n, 2B]}
   */
  record Logits<T extends TFloating>(
      Operand<T> positives, Operand<T> all, Operand<TBool> negative) {}

  /** The losses of all anchors from their logits, reduced. */
  Operand<T> reduced(
      Ops tf, Reduction reduction, int blocks, BiFunction<Ops, Logits<T>, Operand<T>> losses) {
    return RowBlocks.reduced(
        tf,
        reduction,
        blocks,
        List.of(anchors, partners),
        rows,
        (in, block) -> losses.apply(in, logits(in, block)));
  }
}
