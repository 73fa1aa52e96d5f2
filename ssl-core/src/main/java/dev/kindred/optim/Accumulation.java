package dev.kindred.optim;

import dev.kindred.runtime.FullPrecision;
import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * One optimizer step from several micro-batches: the mean of their gradients, for batches that do
 * not fit into memory at once. The loss must be a mean over the batch; losses that compare examples
 * with each other, and batch normalisation, see each micro-batch alone.
 *
 * @param microBatches how many micro-batches make a step, {@code >= 1}
 */
public record Accumulation(int microBatches) {
  private static final String SLOT = "accumulation/gradient";

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code microBatches < 1}
   */
  public Accumulation {
    Require.atLeastOne("micro-batches", microBatches);
  }

  /** One step from that many micro-batches. */
  public static Accumulation of(int microBatches) {
    return new Accumulation(microBatches);
  }

  /**
   * Adds the accumulators to the graph.
   *
   * @param tf the graph; needs no control dependencies
   * @param gradients the gradients of one micro-batch, at least one
   * @param slots where the accumulators are made
   * @throws IllegalArgumentException if there are no gradients
   */
  public AccumulatedGradients apply(Ops tf, List<GradientOf> gradients, Slots slots) {
    return accumulate(tf, gradients, 1f / microBatches, slots);
  }

  /**
   * Adds accumulators for a step whose loss is over the whole batch, but whose gradients come part
   * by part: their sum, whatever the number of parts.
   *
   * @param tf the graph; needs no control dependencies
   * @param gradients the gradients of one part, at least one
   * @param slots where the accumulators are made
   * @throws IllegalArgumentException if there are no gradients
   */
  public static AccumulatedGradients sum(Ops tf, List<GradientOf> gradients, Slots slots) {
    return accumulate(tf, gradients, 1, slots);
  }

  private static AccumulatedGradients accumulate(
      Ops tf, List<GradientOf> gradients, float factor, Slots slots) {
    Require.that(!gradients.isEmpty(), "gradients", "at least one", "none");
    // The last gradient is the first that backpropagation computes, so nothing waits for it.
    Operand<TFloat32> last = gradients.get(gradients.size() - 1).gradient();
    Operand<TFloat32> share = FullPrecision.scalar(tf, factor, last);
    List<Accumulator> accumulators =
        gradients.stream().map(each -> accumulator(tf, each, share, slots)).toList();
    return new AccumulatedGradients(
        accumulators.stream().map(each -> each.add(tf)).toList(),
        accumulators.stream().map(Accumulator::total).toList(),
        accumulators.stream().map(each -> each.reset(tf)).toList());
  }

  private static Accumulator accumulator(
      Ops tf, GradientOf each, Operand<TFloat32> share, Slots slots) {
    Variable<TFloat32> sum = slots.zeros(SLOT, each.parameter());
    Operand<TFloat32> part = tf.math.mul(each.gradient(), share);
    Operand<TFloat32> total = tf.math.add(tf.identity(sum), part);
    return new Accumulator(sum, part, each.with(total));
  }

  /** The running sum of one gradient's parts; {@code total} is that sum plus this run's part. */
  private record Accumulator(Variable<TFloat32> sum, Operand<TFloat32> part, GradientOf total) {
    Operand<TFloat32> add(Ops tf) {
      return tf.assignAdd(sum, part);
    }

    /** Runs after {@code total}, which is a tensor of its own, has read the sum. */
    Operand<TFloat32> reset(Ops tf) {
      Operand<TFloat32> zeros = tf.zerosLike(part);
      return tf.withControlDependencies(total.gradient()).assign(sum, zeros);
    }
  }
}
