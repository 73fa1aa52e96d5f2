/**
 * Methods of reinforcement learning; those of {@link dev.kindred.method} work on observations too.
 *
 * <pre>{@code
 * Pretraining.of(Atc.defaults())
 *     .data(Clips.of(recording, 3, 1))
 *     .views(ObservationViews.atc(StackShape.of(recording, 3), 1))
 *     .encoder(PixelEncoder.curl())
 *     .optimizer(AdamW.withWeightDecay(0)).schedule(Schedule.constant(1e-3f))
 *     .out(Path.of("runs/lander"))
 *     .run();
 * }</pre>
 */
@NullMarked
package dev.kindred.rl.method;

import org.jspecify.annotations.NullMarked;
