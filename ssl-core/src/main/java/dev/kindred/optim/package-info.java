/**
 * How gradients change parameters: optimizers, learning-rate schedules, gradient clipping and
 * gradient accumulation, all as operations of the one training graph.
 *
 * <p>An {@link dev.kindred.optim.Optimizer} is an immutable description; {@link
 * dev.kindred.optim.Optimizer#apply} adds its updates to a graph, with its state in {@link
 * dev.kindred.optim.Slots}. The learning rate comes from a {@link dev.kindred.optim.Schedule} on
 * the host and is fed at each step.
 *
 * <pre>{@code
 * Optimizer optimizer = Sgd.momentum(0.9f).weightDecay(5e-4f);
 * Schedule schedule = Schedule.cosine(0.12f).warmup(10);
 *
 * Slots slots = new Slots(tf);
 * Ops afterGradients = tf.withControlDependencies(allGradients);
 * ClippedGradients clipped = GradientClip.globalNorm(1f).apply(afterGradients, gradients);
 * List<Op> updates = optimizer.apply(afterGradients, clipped.gradients(), inputs, slots);
 *
 * float learningRate = schedule.at(step, stepsPerEpoch, totalSteps);
 * }</pre>
 *
 * <p>Everything here is deterministic on one machine: equal inputs give equal bytes, provided that
 * the updates run only after all gradients, as {@link dev.kindred.optim.Optimizer#apply} asks.
 */
@NullMarked
package dev.kindred.optim;

import org.jspecify.annotations.NullMarked;
