package dev.kindred.text;

import dev.kindred.nn.Scope;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How pieces are hidden that BERT is to find: 80 % behind the mask, 10 % behind any piece of the
 * vocabulary, 10 % not at all, so that no place is safe to copy.
 *
 * @param mask the id of the piece that hides another
 * @param rate the share of pieces of words that are asked for
 * @param vocabulary the number of pieces
 */
record PieceHiding(int mask, double rate, int vocabulary) {
  private static final float MASKED = 0.8f;
  private static final float MASKED_OR_REPLACED = 0.9f;

  PieceHiding {
    require(mask, rate);
    Require.that(
        mask < vocabulary, "mask", "a piece of the encoder's %d".formatted(vocabulary), mask);
  }

  /**
   * What can be checked before the vocabulary is known.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  static void require(int mask, double rate) {
    Require.atLeastZero("mask", mask);
    Require.that(rate > 0 && rate <= 1, "rate", "in (0, 1]", rate);
  }

  /**
   * What is left to see.
   *
   * @param tokens the text with some pieces hidden
   * @param where they are, {@code [batch, width]}
   */
  record Hidden(Tokens tokens, Operand<TBool> where) {}

  /** Hides pieces, others at every step. */
  Hidden apply(Scope scope, Tokens whole) {
    Ops tf = scope.tf();
    Operand<TBool> drawn = below(tf, draw(scope, "hidden", whole), (float) rate);
    Operand<TBool> where = tf.math.logicalAnd(whole.real(tf), drawn);
    Operand<TInt32> ids = tf.select(where, replacements(scope, whole), whole.ids());
    return new Hidden(new Tokens(ids, whole.words(), whole.lengths()), where);
  }

  private Operand<TInt32> replacements(Scope scope, Tokens whole) {
    Ops tf = scope.tf();
    Operand<TFloat32> fate = draw(scope, "fate", whole);
    Operand<TInt32> masks = tf.math.add(tf.zerosLike(whole.ids()), tf.constant(mask));
    Operand<TFloat32> size = tf.constant((float) vocabulary);
    Operand<TInt32> any =
        tf.dtypes.cast(tf.math.mul(draw(scope, "piece", whole), size), TInt32.class);
    Operand<TInt32> others = tf.select(below(tf, fate, MASKED_OR_REPLACED), any, whole.ids());
    return tf.select(below(tf, fate, MASKED), masks, others);
  }

  private static Operand<TFloat32> draw(Scope scope, String name, Tokens whole) {
    return scope.uniform(name, scope.tf().shape(whole.ids()));
  }

  private static Operand<TBool> below(Ops tf, Operand<TFloat32> draws, float bound) {
    return tf.math.less(draws, tf.constant(bound));
  }
}
