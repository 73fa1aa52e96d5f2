package dev.kindred.data;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Views of a batch, each blended with the one before it.
 *
 * @param view the blends
 * @param share how much of each is its own, {@code [batch]}, in {@code [0, 1]}; the rest is of the
 *     one {@link Mixing#before} it
 * @param <V> a view in the graph
 */
public record Mixed<V>(V view, Operand<TFloat32> share) {}
