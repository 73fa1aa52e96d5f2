package dev.kindred.text;

import dev.kindred.runtime.Rows;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A view of a batch of texts in the graph: pieces, with padding behind them.
 *
 * @param ids the pieces by number, {@code [batch, width]}; what is behind a text's end is padding,
 *     and may be anything
 * @param words the word that each piece belongs to, {@code [batch, width]}, from 0 on and below the
 *     width; {@link dev.kindred.text.tokenizer.Encoding#SPECIAL} for pieces that are of no word,
 *     and for padding
 * @param lengths the number of pieces of each text, {@code [batch]}
 */
public record Tokens(Operand<TInt32> ids, Operand<TInt32> words, Operand<TInt32> lengths) {

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

  /** Texts after texts, all as wide as the widest. */
  static Tokens concat(Ops tf, List<Tokens> views) {
    Operand<TInt32> width =
        views.stream().map(view -> view.width(tf)).reduce(tf.math::maximum).orElseThrow();
    Operand<TInt32> axis = tf.constant(0);
    return new Tokens(
        tf.concat(views.stream().map(view -> widened(tf, view.ids, width, 0)).toList(), axis),
        tf.concat(views.stream().map(view -> widened(tf, view.words, width, -1)).toList(), axis),
        tf.concat(views.stream().map(Tokens::lengths).toList(), axis));
  }

  /** The texts at {@code rows}. */
  Tokens take(Ops tf, Operand<TInt32> rows) {
    Operand<TInt32> axis = tf.constant(0);
    return new Tokens(
        tf.gather(ids, rows, axis), tf.gather(words, rows, axis), tf.gather(lengths, rows, axis));
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
