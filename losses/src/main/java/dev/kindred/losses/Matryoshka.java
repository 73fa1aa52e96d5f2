package dev.kindred.losses;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Matryoshka representation learning: a loss of the first columns of the embeddings, at several
 * widths, summed, so that an embedding can be cut short afterwards.
 *
 * <p>Equals sentence-transformers' MatryoshkaLoss with all weights 1.
 *
 * @param loss what is applied at each width; must reduce to a scalar
 * @param widths how many of the first columns, each at least 1; the full width should be one of
 *     them
 * @see <a href="https://arxiv.org/abs/2205.13147">Kusupati et al. 2022, Matryoshka Representation
 *     Learning</a>
 */
public record Matryoshka(PairLoss loss, List<Integer> widths) implements PairLoss {
  /**
   * Checks the widths.
   *
   * @throws IllegalArgumentException if there is none, or one is below 1
   */
  public Matryoshka {
    widths = List.copyOf(widths);
    Arguments.require(!widths.isEmpty(), "widths", "at least one", "none");
    widths.forEach(width -> Arguments.requireAtLeastOne("width", width));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a width is larger than the embeddings, too
   */
  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> a, Operand<T> b) {
    Arguments.requireSameShape("a", a, "b", b);
    return summed(tf, widths, List.of(a, b), cut -> loss.of(tf, cut.get(0), cut.get(1)));
  }

  /**
   * The sum over several widths of any loss of matrices.
   *
   * @param widths at least one, each at least 1
   * @param embeddings {@code [any, dim]} each
   * @param loss of the first columns of the embeddings, in their order
   * @return a scalar
   * @throws IllegalArgumentException if a width is larger than the embeddings
   */
  public static <T extends TFloating> Operand<T> summed(
      Ops tf,
      List<Integer> widths,
      List<Operand<T>> embeddings,
      Function<List<Operand<T>>, Operand<T>> loss) {
    List<Operand<T>> terms = new ArrayList<>();
    for (int width : widths) {
      List<Operand<T>> cut = new ArrayList<>();
      embeddings.forEach(rows -> cut.add(first(tf, rows, width)));
      terms.add(loss.apply(cut));
    }
    return tf.math.addN(terms);
  }

  private static <T extends TFloating> Operand<T> first(Ops tf, Operand<T> rows, int width) {
    Arguments.require(
        rows.shape().isUnknown() || rows.shape().get(1) < 0 || width <= rows.shape().get(1),
        "width",
        "<= the embeddings' " + rows.shape(),
        width);
    return tf.stridedSlice(rows, Indices.all(), Indices.sliceTo(width));
  }
}
