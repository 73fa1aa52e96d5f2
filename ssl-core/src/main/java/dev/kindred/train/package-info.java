/**
 * The training loop: {@link dev.kindred.train.Pretraining} describes a run, starts it and goes on
 * with it; {@link dev.kindred.train.TrainingStep} is one step of it; a {@link
 * dev.kindred.train.TrainingListener} hears of its progress.
 *
 * <pre>{@code
 * TrainedEncoder encoder = Pretraining.of(SimClr.defaults())
 *     .data(photos).views(ImageViews.simClr(32)).encoder(ResNet.resnet18().smallImageStem())
 *     .epochs(100).batchSize(256).listener(ConsoleProgress.create())
 *     .out(Path.of("runs/photos"))
 *     .run();
 * }</pre>
 */
@NullMarked
package dev.kindred.train;

import org.jspecify.annotations.NullMarked;
