/**
 * Sets of pictures: folders, tar shards, CIFAR, MNIST and a generated one. {@link
 * dev.kindred.vision.data.ImageSources#open} opens any of them by one string.
 *
 * <pre>{@code
 * try (Dataset<Image> photos = ImageFolder.open(Path.of("photos")).decodeTo(256)) {
 *   Image first = photos.get(0);
 * }
 * Dataset<Image> cifar = Cifar.cifar10(Path.of("cifar10"), Split.TRAIN);
 * Dataset<Image> shapes = GeneratedShapes.of(10_000, 32, 0);
 * }</pre>
 */
@NullMarked
package dev.kindred.vision.data;

import org.jspecify.annotations.NullMarked;
