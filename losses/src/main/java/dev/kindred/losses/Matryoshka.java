package dev.kindred.losses;

import java.util.ArrayList;
import java.util.List;
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
    List<Operand<T>> terms = new ArrayList<>();
    for (int width : widths) {
      Arguments.require(
          a.shape().isUnknown() || a.shape().get(1) < 0 || width <= a.shape().get(1),
          "width",
          "<= the embeddings' " + a.shape(),
          width);
      terms.add(loss.of(tf, first(tf, a, width), first(tf, b, width)));
    }
    return tf.math.addN(terms);
  }

  private static <T extends TFloating> Operand<T> first(Ops tf, Operand<T> rows, int width) {
    return tf.stridedSlice(rows, Indices.all(), Indices.sliceTo(width));
  }
}
