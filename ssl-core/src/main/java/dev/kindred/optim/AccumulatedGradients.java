package dev.kindred.optim;

import java.util.List;
import org.tensorflow.op.Op;

/**
 * What {@link Accumulation} made. Run {@code add} for every part of a step but the last; for the
 * last run what is built on {@code totals}, and {@code reset}, and not {@code add}.
 *
 * @param add adds this part's gradients to the accumulators
 * @param totals the gradients of the whole step, this part included
 * @param reset empties the accumulators once {@code totals} have been computed
 */
public record AccumulatedGradients(
    List<? extends Op> add, List<GradientOf> totals, List<? extends Op> reset) {}
