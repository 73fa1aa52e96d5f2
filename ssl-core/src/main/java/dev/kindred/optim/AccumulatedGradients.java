package dev.kindred.optim;

import java.util.List;
import org.tensorflow.op.Op;

/**
 * What {@link Accumulation} made. Run {@code add} for every micro-batch of a step but the last; for
 * the last run what is built on {@code means}, and {@code reset}, and not {@code add}.
 *
 * @param add adds this micro-batch's gradients to the accumulators
 * @param means the mean gradients over all micro-batches, this one included
 * @param reset empties the accumulators once {@code means} have been computed
 */
public record AccumulatedGradients(
    List<? extends Op> add, List<GradientOf> means, List<? extends Op> reset) {}
