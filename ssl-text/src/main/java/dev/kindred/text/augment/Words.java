package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.text.Tokens;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What changes of tokenised text have in common: draws for words, and putting pieces in order. */
final class Words {
  private Words() {}

  /** The number of words of each text, {@code [batch, 1]}: one more than the last. */
  static Operand<TInt32> count(Ops tf, Tokens tokens) {
    Operand<TInt32> last =
        tf.reduceMax(
            tf.select(tokens.real(tf), tokens.words(), tf.math.neg(tf.onesLike(tokens.words()))),
            tf.constant(1),
            ReduceMax.keepDims(true));
    return tf.math.add(last, tf.constant(1));
  }

  /** A number in {@code [0, 1)} for each piece, the same for all pieces of a word. */
  static Operand<TFloat32> draws(Ops tf, Tokens tokens, Randomness randomness) {
    return tf.gather(
        ofPlaces(tf, tokens, randomness, "words"),
        tf.math.maximum(tokens.words(), tf.constant(0)),
        tf.constant(1),
        Gather.batchDims(1L));
  }

  /**
   * A number in {@code [0, 1)} for each place, {@code [batch, width]}. Drawn place after place, so
   * that it is the same however wide the others of a batch make it.
   */
  static Operand<TFloat32> ofPlaces(Ops tf, Tokens tokens, Randomness randomness, String name) {
    Operand<TInt32> shape = tf.stack(List.of(tokens.width(tf), tokens.count(tf)));
    return tf.linalg.transpose(randomness.uniform(name, shape, 1), tf.array(1, 0));
  }

  /** One number in {@code [0, 1)} for each text, {@code [batch, 1]}. */
  static Operand<TFloat32> draw(Ops tf, Tokens tokens, Randomness randomness, String name) {
    return randomness.uniform(name, tf.stack(List.of(tokens.count(tf), tf.constant(1))), 0);
  }

  /** Sizes that are not below 1. */
  static Operand<TFloat32> atLeastOne(Ops tf, Operand<TFloat32> sizes) {
    return tf.math.maximum(tf.constant(1f), sizes);
  }

  /**
   * The first word of {@code size} neighbours, drawn evenly ("first") among {@code words}: {@code
   * [batch, 1]}.
   */
  static Operand<TInt32> firstOf(
      Ops tf,
      Tokens tokens,
      Operand<TFloat32> size,
      Operand<TFloat32> words,
      Randomness randomness) {
    Operand<TFloat32> places =
        atLeastOne(tf, tf.math.add(tf.math.sub(words, size), tf.constant(1f)));
    Operand<TFloat32> draw = draw(tf, tokens, randomness, "first");
    return tf.dtypes.cast(tf.math.floor(tf.math.mul(draw, places)), TInt32.class);
  }

  /** Whether a piece is of the words {@code [from, to)}, each {@code [batch, 1]}. */
  static Operand<TBool> between(Ops tf, Tokens tokens, Operand<TInt32> from, Operand<TInt32> to) {
    return tf.math.logicalAnd(
        tf.math.greaterEqual(tokens.words(), from), tf.math.less(tokens.words(), to));
  }

  /** The pieces of words that {@code stays} keeps, and all that are of no word. */
  static Tokens keepOfWords(Ops tf, Tokens tokens, Operand<TBool> stays) {
    return keep(tf, tokens, tf.math.logicalOr(stays, tf.math.logicalNot(tokens.real(tf))));
  }

  /** The pieces that {@code stays} keeps, moved together. */
  static Tokens keep(Ops tf, Tokens tokens, Operand<TBool> stays) {
    Operand<TBool> kept = tf.math.logicalAnd(stays, tokens.present(tf));
    Operand<TInt32> ones = tf.dtypes.cast(kept, TInt32.class);
    Operand<TFloat32> place =
        tf.math.add(
            tf.dtypes.cast(tokens.positions(tf), TFloat32.class),
            tf.math.mul(
                tf.dtypes.cast(tf.math.sub(tf.constant(1), ones), TFloat32.class),
                tf.dtypes.cast(tokens.width(tf), TFloat32.class)));
    return ordered(
        tf, tokens, place, tf.reduceSum(ones, tf.constant(1), ReduceSum.keepDims(false)));
  }

  /**
   * The first {@code lengths} pieces in the order of {@code place}, {@code [batch, width]}; of
   * equals the first first.
   */
  static Tokens ordered(Ops tf, Tokens tokens, Operand<TFloat32> place, Operand<TInt32> lengths) {
    TopK<TFloat32, TInt32> sorted = tf.nn.topK(tf.math.neg(place), tokens.width(tf), TInt32.class);
    return tokens.at(tf, sorted.indices(), lengths);
  }
}
