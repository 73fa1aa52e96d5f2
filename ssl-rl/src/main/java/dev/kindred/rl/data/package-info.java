/**
 * Play that was recorded, and what is learnt from it.
 *
 * <p>A {@link dev.kindred.rl.data.Recorder} writes a {@link dev.kindred.rl.data.Recording}; {@link
 * dev.kindred.rl.data.Clips} are its observations as examples for pretraining.
 *
 * <pre>{@code
 * try (Recording recording = Recording.open(Path.of("lander.safetensors"));
 *     Clips clips = Clips.of(recording, 3, 1)) {
 *   Clip first = clips.get(0); // four pictures: a stack of three, and the next
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.rl.data;

import org.jspecify.annotations.NullMarked;
