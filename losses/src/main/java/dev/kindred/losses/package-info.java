/**
 * Loss functions of self-supervised learning as TensorFlow graph operations. Each loss is a small
 * record that states its formula, its reduction, and which published implementation it equals; it
 * is put together from the orthogonal pieces {@link dev.kindred.losses.Similarity}, {@link
 * dev.kindred.losses.Distance} and {@link dev.kindred.losses.Reduction}. Nothing here knows of
 * training.
 *
 * <pre>{@code
 * Operand<TFloat32> z0 = ..., z1 = ...;              // two views of one batch, [batch, dim] each
 * Operand<TFloat32> loss = NtXent.withTemperature(0.5).of(tf, z0, z1);
 * }</pre>
 *
 * <p>Notation: rows are examples, columns are features; {@code u = x / max(|x|, 1e-12)} row by row;
 * {@code s_ij = u_i . u_j}; {@code T} is the temperature.
 */
@NullMarked
package dev.kindred.losses;

import org.jspecify.annotations.NullMarked;
