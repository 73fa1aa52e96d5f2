/**
 * Representations of what an agent sees: from recorded play to an encoder that any agent plugs in.
 *
 * <p>{@link dev.kindred.rl.ObservationViews} make views of the {@link dev.kindred.rl.data.Clips} of
 * a recording, {@link dev.kindred.rl.PixelEncoder} is a network for them, {@link
 * dev.kindred.rl.ObservationEncoder} a saved one in use, and {@link
 * dev.kindred.rl.EncodedEnvironment} an environment seen through it.
 *
 * <pre>{@code
 * try (ObservationEncoder encoder = ObservationEncoder.load(Path.of("runs/lander/encoder"));
 *     Environment<float[], Integer> env = new EncodedEnvironment<>(pictures, encoder)) {
 *   float[] representation = env.reset(0).observation();
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.rl;

import org.jspecify.annotations.NullMarked;
