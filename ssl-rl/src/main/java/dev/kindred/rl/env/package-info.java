/**
 * Worlds that an agent acts in, by the contract of Gymnasium and without depending on it.
 *
 * <p>A {@link dev.kindred.rl.env.Simulation} is observed as numbers; {@link
 * dev.kindred.rl.env.PixelEnvironment} observes it as pictures, drawn in software. {@link
 * dev.kindred.rl.env.World} is the catalogue of those that there are; {@link
 * dev.kindred.rl.env.Wrapper}s change what is observed, {@link dev.kindred.rl.env.Distractors} what
 * is behind a world. {@link dev.kindred.rl.env.VectorEnvironment} steps several at once, and {@link
 * dev.kindred.rl.env.EnvironmentChecker} tells whether a new one keeps the contract.
 *
 * <pre>{@code
 * try (Environment<Frame, Integer> env = World.CARTPOLE.pixels(84, 84, Backdrop.plain())) {
 *   Frame seen = env.reset(7).observation();
 *   Step<Frame> step = env.step(1);
 *   double angle = step.value("angle");
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.rl.env;

import org.jspecify.annotations.NullMarked;
