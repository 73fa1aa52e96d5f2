/**
 * Worlds that an agent acts in, by the contract of Gymnasium and without depending on it.
 *
 * <p>A {@link dev.kindred.rl.env.Simulation} is observed as numbers; {@link
 * dev.kindred.rl.env.PixelEnvironment} observes it as pictures, drawn in software.
 *
 * <pre>{@code
 * try (Environment<Frame, Integer> env =
 *     new TimeLimit<>(new PixelEnvironment<>(new CartPole(), 84, 84, Backdrop.plain()), 500)) {
 *   Frame seen = env.reset(7).observation();
 *   Step<Frame> step = env.step(1);
 *   double angle = step.info().get("angle");
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.rl.env;

import org.jspecify.annotations.NullMarked;
