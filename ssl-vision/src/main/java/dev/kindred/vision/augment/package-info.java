/**
 * Random changes of images, made in the graph for a whole batch at once, each image with its own
 * random numbers.
 *
 * <p>An {@link dev.kindred.vision.augment.Augmentation} is a small record; a list of them, a {@link
 * dev.kindred.vision.augment.Crop} first, makes one view:
 *
 * <pre>{@code
 * List<Augmentation> view =
 *     List.of(
 *         RandomResizedCrop.to(32),
 *         HorizontalFlip.standard(),
 *         ColorJitter.ofStrength(0.5).withProbability(0.8),
 *         Grayscale.standard());
 * ImageViews views = ImageViews.builder(32).view(2, view).build();
 * }</pre>
 */
@NullMarked
package dev.kindred.vision.augment;

import org.jspecify.annotations.NullMarked;
