package dev.kindred.losses;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The sum of the losses of many anchors, a block of anchors at a time, so that no matrix of all
 * anchors against all candidates is ever whole in memory.
 *
 * <ol>
 *   <li>For each block of rows: the losses of its anchors against all candidates, and at once the
 *       gradient of their sum with respect to the block's rows and to all candidates.
 *   <li>The next block waits until those gradients are added up, so only one block lives.
 *   <li>The result has the sum as its value and, by a term that is always zero, the gradients as
 *       its gradient. It has no second derivative.
 * </ol>
 */
final class RowBlocks {
  private RowBlocks() {}

  /**
   * Some of the anchors.
   *
   * @param rows what belongs to each anchor, {@code [block, dim]} each
   * @param indices which anchors these are, {@code [block]}
   * @param candidates what they are all held against
   */
  record Block<T extends TFloating>(
      List<Operand<T>> rows, Operand<TInt32> indices, Operand<T> candidates) {}

  /** All anchors in one block. */
  private static <T extends TFloating> Block<T> whole(
      Ops tf, List<Operand<T>> rows, Operand<T> candidates) {
    return new Block<>(rows, Sizes.indices(tf, rows.get(0)), candidates);
  }

  /**
   * The losses of all anchors, reduced.
   *
   * @param blocks 1 where nothing is reduced, see {@link Reduction#requireWhole}
   */
  static <T extends TFloating> Operand<T> reduced(
      Ops tf,
      Reduction reduction,
      int blocks,
      List<Operand<T>> rows,
      Operand<T> candidates,
      BiFunction<Ops, Block<T>, Operand<T>> losses) {
    return blocks == 1
        ? reduction.apply(tf, losses.apply(tf, whole(tf, rows, candidates)))
        : reduction.ofSum(
            tf, sum(tf, blocks, rows, candidates, losses), Sizes.rows(tf, rows.get(0)));
  }

  /**
   * The sum over all anchors.
   *
   * @param blocks how many blocks, at least 1; 1 is the plain sum with its plain gradient
   * @param rows what belongs to each anchor, {@code [n, dim]} each, cut into blocks
   * @param candidates what every anchor is held against, {@code [m, dim]}
   * @param losses the losses {@code [block]} of a block's anchors
   */
  static <T extends TFloating> Operand<T> sum(
      Ops tf,
      int blocks,
      List<Operand<T>> rows,
      Operand<T> candidates,
      BiFunction<Ops, Block<T>, Operand<T>> losses) {
    return blocks == 1
        ? Scalars.total(tf, losses.apply(tf, whole(tf, rows, candidates)))
        : new Sweep<>(tf, rows, candidates, losses).over(blocks);
  }

  /**
   * The sum over all anchors of what has no gradient: a count, say.
   *
   * @param rows {@code [n, dim]}, cut into blocks, and whole what each block is held against
   */
  static <T extends TFloating> Operand<T> measure(
      Ops tf, int blocks, Operand<T> rows, BiFunction<Ops, Block<T>, Operand<T>> values) {
    Operand<T> sum = Scalars.of(tf, rows, 0);
    for (int block = 0; block < blocks; block++) {
      Ops after = tf.withControlDependencies(sum);
      Operand<TInt32> indices = indices(after, rows, blocks, block);
      Operand<T> cut = after.gather(rows, indices, tf.constant(0));
      Operand<T> value = values.apply(after, new Block<>(List.of(cut), indices, rows));
      sum = tf.math.add(sum, Scalars.total(after, value));
    }
    return sum;
  }

  /** Which rows are in block {@code block}; the last blocks of few rows have none. */
  private static Operand<TInt32> indices(Ops tf, Operand<?> rows, int blocks, int block) {
    Operand<TInt32> count = Sizes.rows(tf, rows);
    Operand<TInt32> size =
        tf.math.div(tf.math.add(count, tf.constant(blocks - 1)), tf.constant(blocks));
    Operand<TInt32> begin = tf.math.minimum(tf.math.mul(size, tf.constant(block)), count);
    return tf.range(begin, tf.math.minimum(tf.math.add(begin, size), count), tf.constant(1));
  }

  private static final class Sweep<T extends TFloating> {
    private final Ops tf;
    private final List<Operand<T>> rows;
    private final Operand<T> candidates;
    private final BiFunction<Ops, Block<T>, Operand<T>> losses;
    private final List<List<Operand<T>>> rowGradients = new ArrayList<>();
    private final List<Op> last = new ArrayList<>();
    private Operand<T> sum;
    private Operand<T> candidateGradient;

    Sweep(
        Ops tf,
        List<Operand<T>> rows,
        Operand<T> candidates,
        BiFunction<Ops, Block<T>, Operand<T>> losses) {
      this.tf = tf;
      this.rows = rows;
      this.candidates = candidates;
      this.losses = losses;
      sum = Scalars.of(tf, candidates, 0);
      candidateGradient = tf.zerosLike(candidates);
      rows.forEach(each -> rowGradients.add(new ArrayList<>()));
    }

    Operand<T> over(int blocks) {
      for (int block = 0; block < blocks; block++) {
        add(blocks, block);
      }
      return withGradient();
    }

    private void add(int blocks, int block) {
      Ops after = last.isEmpty() ? tf : tf.withControlDependencies(last);
      Operand<TInt32> indices = indices(after, rows.get(0), blocks, block);
      List<Operand<T>> cut = new ArrayList<>();
      // Cut off from where they come from, for the candidates may come from there too.
      rows.forEach(each -> cut.add(after.gather(tf.stopGradient(each), indices, tf.constant(0))));
      Operand<T> part =
          Scalars.total(after, losses.apply(after, new Block<>(cut, indices, candidates)));
      Output<?>[] gradients = gradients(part, cut);
      for (int i = 0; i < cut.size(); i++) {
        rowGradients.get(i).add(typed(gradients[i]));
      }
      sum = tf.math.add(sum, part);
      // What the losses do not look at has no gradient, and no output for it.
      if (!gradients[cut.size()].isClosed()) {
        candidateGradient = tf.math.add(candidateGradient, typed(gradients[cut.size()]));
      }
      last.clear();
      last.add(candidateGradient);
      rowGradients.forEach(each -> last.add(each.get(each.size() - 1)));
    }

    private Output<?>[] gradients(Operand<T> part, List<Operand<T>> cut) {
      List<Output<?>> inputs = new ArrayList<>();
      cut.forEach(each -> inputs.add(each.asOutput()));
      inputs.add(candidates.asOutput());
      Graph graph = (Graph) tf.scope().env();
      return graph.addGradients(part.asOutput(), inputs.toArray(new Output<?>[0]));
    }

    @SuppressWarnings("unchecked")
    private Operand<T> typed(Output<?> gradient) {
      return (Operand<T>) gradient;
    }

    private Operand<T> withGradient() {
      Operand<T> slope = tf.math.mul(tf.stopGradient(candidateGradient), candidates);
      Operand<T> carrier = Scalars.total(tf, slope);
      for (int i = 0; i < rows.size(); i++) {
        Operand<T> gradient = tf.concat(rowGradients.get(i), tf.constant(0));
        carrier =
            tf.math.add(
                carrier, Scalars.total(tf, tf.math.mul(tf.stopGradient(gradient), rows.get(i))));
      }
      return tf.math.add(tf.stopGradient(sum), tf.math.sub(carrier, tf.stopGradient(carrier)));
    }
  }
}
