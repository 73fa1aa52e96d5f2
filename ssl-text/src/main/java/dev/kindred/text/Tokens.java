package dev.kindred.text;

import dev.kindred.runtime.Rows;
import dev.kindred.text.tokenizer.Encoding;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A view of a batch of texts in the graph: pieces, with padding behind them.
 *
 * @param ids the pieces by number, {@code [batch, width]}; what is behind a text's end is padding,
 *     and may be anything
 * @param words the word that each piece belongs to, {@code [batch, width]}, from 0 on in the order
 *     of the pieces, and none without a piece; {@link Encoding#SPECIAL} for pieces that are of no
 *     word, and for padding
 * @param lengths the number of pieces of each text, {@code [batch]}
 * @param mayGo where a {@link dev.kindred.text.augment.WordChoice} was asked, 1 for pieces of words
 *     that a view may delete and 0 for all others, {@code [batch, width]}
 */
public record Tokens(
    Operand<TInt32> ids,
    Operand<TInt32> words,
    Operand<TInt32> lengths,
    Optional<Operand<TInt32>> mayGo) {

  /** Texts of which nobody was asked what may go. */
  public Tokens(Operand<TInt32> ids, Operand<TInt32> words, Operand<TInt32> lengths) {
    this(ids, words, lengths, Optional.empty());
  }

  /** The same places with other pieces. */
  public Tokens withIds(Operand<TInt32> others) {
    return new Tokens(others, words, lengths, mayGo);
  }

  /** The number of pieces that there is room for, a scalar. */
  public Operand<TInt32> width(Ops tf) {
    return tf.gather(tf.shape(ids), tf.constant(1), tf.constant(0));
  }

  /** The number of texts, a scalar. */
  public Operand<TInt32> count(Ops tf) {
    return Rows.count(tf, ids);
  }

  /** The positions {@code 0 .. width - 1}, {@code [1, width]}. */
  public Operand<TInt32> positions(Ops tf) {
    return tf.expandDims(tf.range(tf.constant(0), width(tf), tf.constant(1)), tf.constant(0));
  }

  /** Whether there is a piece, {@code [batch, width]}. */
  public Operand<TBool> present(Ops tf) {
    return tf.math.less(positions(tf), tf.expandDims(lengths, tf.constant(1)));
  }

  /** 1 where there is a piece, 0 where there is padding: {@code [batch, width]}. */
  public Operand<TFloat32> mask(Ops tf) {
    return tf.dtypes.cast(present(tf), TFloat32.class);
  }

  /** Whether there is a piece of a word, {@code [batch, width]}. */
  public Operand<TBool> real(Ops tf) {
    return tf.math.logicalAnd(present(tf), tf.math.greaterEqual(words, tf.constant(0)));
  }

  /**
   * The pieces at other places, their words numbered anew.
   *
   * @param sources where each piece is now, {@code [batch, any width]}; the pieces of a word beside
   *     each other
   * @param count the number of pieces of each text, {@code [batch]}
   */
  public Tokens at(Ops tf, Operand<TInt32> sources, Operand<TInt32> count) {
    Tokens moved = new Tokens(gathered(tf, ids, sources), gathered(tf, words, sources), count);
    return new Tokens(
        moved.ids, moved.numbered(tf), count, mayGo.map(choices -> gathered(tf, choices, sources)));
  }

  /** The first pieces of longer texts, and those of no word at their end. */
  Tokens atMost(Ops tf, int length) {
    Operand<TInt32> limit = tf.constant(length);
    Operand<TInt32> count = tf.math.minimum(lengths, limit);
    Operand<TInt32> columns = tf.math.minimum(width(tf), limit);
    Operand<TInt32> places =
        tf.expandDims(tf.range(tf.constant(0), columns, tf.constant(1)), tf.constant(0));
    Operand<TInt32> tail = tf.math.sub(lengths, realEnd(tf));
    Operand<TBool> ofTail =
        tf.math.greaterEqual(places, tf.expandDims(tf.math.sub(count, tail), tf.constant(1)));
    Operand<TInt32> left =
        tf.math.mul(
            tf.dtypes.cast(ofTail, TInt32.class),
            tf.expandDims(tf.math.sub(lengths, count), tf.constant(1)));
    Operand<TInt32> last = tf.math.sub(width(tf), tf.constant(1));
    return at(tf, tf.math.minimum(tf.math.add(places, left), last), count);
  }

  /** Texts after texts, all as wide as the widest. */
  static Tokens concat(Ops tf, List<Tokens> views) {
    Operand<TInt32> width =
        views.stream().map(view -> view.width(tf)).reduce(tf.math::maximum).orElseThrow();
    Operand<TInt32> axis = tf.constant(0);
    return new Tokens(
        tf.concat(views.stream().map(view -> widened(tf, view.ids, width, 0)).toList(), axis),
        tf.concat(
            views.stream().map(view -> widened(tf, view.words, width, Encoding.SPECIAL)).toList(),
            axis),
        tf.concat(views.stream().map(Tokens::lengths).toList(), axis));
  }

  /** The texts at {@code rows}. */
  Tokens take(Ops tf, Operand<TInt32> rows) {
    Operand<TInt32> axis = tf.constant(0);
    return new Tokens(
        tf.gather(ids, rows, axis), tf.gather(words, rows, axis), tf.gather(lengths, rows, axis));
  }

  /** One more than the place of the last piece of a word, {@code [batch]}; 0 without one. */
  private Operand<TInt32> realEnd(Ops tf) {
    Operand<TInt32> ends =
        tf.math.mul(
            tf.dtypes.cast(real(tf), TInt32.class), tf.math.add(positions(tf), tf.constant(1)));
    return tf.reduceMax(ends, tf.constant(1), ReduceMax.keepDims(false));
  }

  /** The words, from 0 on in the order of the pieces. */
  private Operand<TInt32> numbered(Ops tf) {
    Operand<TInt32> shifted = tf.pad(words, tf.constant(new int[][] {{0, 0}, {1, 0}}), special(tf));
    Operand<TInt32> before = tf.slice(shifted, tf.array(0, 0), tf.shape(words));
    Operand<TBool> begins = tf.math.logicalAnd(real(tf), tf.math.notEqual(words, before));
    Operand<TInt32> begun = tf.math.cumsum(tf.dtypes.cast(begins, TInt32.class), tf.constant(1));
    return tf.select(
        real(tf),
        tf.math.sub(begun, tf.constant(1)),
        tf.math.add(tf.zerosLike(words), special(tf)));
  }

  private static Operand<TInt32> special(Ops tf) {
    return tf.constant(Encoding.SPECIAL);
  }

  private static Operand<TInt32> gathered(Ops tf, Operand<TInt32> matrix, Operand<TInt32> sources) {
    return tf.gather(matrix, sources, tf.constant(1), Gather.batchDims(1L));
  }

  private static Operand<TInt32> widened(
      Ops tf, Operand<TInt32> matrix, Operand<TInt32> width, int filler) {
    Operand<TInt32> now = tf.gather(tf.shape(matrix), tf.constant(1), tf.constant(0));
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> paddings =
        tf.stack(
            List.of(
                tf.stack(List.of(zero, zero)), tf.stack(List.of(zero, tf.math.sub(width, now)))));
    return tf.pad(matrix, paddings, tf.constant(filler));
  }
}
