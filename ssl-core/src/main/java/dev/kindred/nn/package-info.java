/**
 * Networks: a {@link dev.kindred.nn.Block} is an immutable description of a piece of network, a
 * {@link dev.kindred.nn.Scope} is where it builds, and {@link dev.kindred.nn.Network} holds the
 * parameters of one graph by path.
 *
 * <pre>{@code
 * Block head = Dense.of(512).named("fc1").then(BatchNorm.create().named("bn1")).then(Activations.relu());
 * Network network = new Network(Ops.create(graph), Network.Mode.TRAINING, 0);
 * Operand<TFloat32> z = head.apply(network.scope().child("online"), features);  // [batch, 512]
 * }</pre>
 */
@NullMarked
package dev.kindred.nn;

import org.jspecify.annotations.NullMarked;
