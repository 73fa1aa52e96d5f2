/**
 * What an agent remembers and learns from: single observations in a ring, from which stacks,
 * returns of several steps and batches are made when they are asked for. Entry: {@link
 * dev.kindred.rl.replay.ReplayBuffer}.
 *
 * <pre>{@code
 * ReplayBuffer<Frame, Integer> buffer =
 *     new ReplayBuffer<>(env.observationSpace(), env.actionSpace(), 100_000, 4);
 * buffer.begin(env.reset(7).observation());
 * buffer.add(1, env.step(1));
 * try (Transitions batch = buffer.sample(32, 3, 0.99, random)) {
 *   runner.feed(observations, batch.observations());
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.rl.replay;

import org.jspecify.annotations.NullMarked;
