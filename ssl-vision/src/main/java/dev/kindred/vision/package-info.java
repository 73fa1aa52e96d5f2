/**
 * Pictures: {@link dev.kindred.vision.Image}, decoded and immutable, and {@link
 * dev.kindred.vision.ImageDecoder}, which reads JPEG, PNG, BMP, GIF and WebP files strictly; {@link
 * dev.kindred.vision.ImageViews}, what training sees of them; {@link dev.kindred.vision.ResNet},
 * what is trained; {@link dev.kindred.vision.ImageEmbedder}, the trained encoder in use; {@link
 * dev.kindred.vision.EncoderWeights}, weights in PyTorch's names.
 *
 * <pre>{@code
 * Image cat = Image.read(Path.of("cat.jpg"));             // upright, sRGB, [3, height, width]
 * ImageViews views = ImageViews.simClr(32);               // two random views of each picture
 * try (ImageEmbedder embedder = ImageEmbedder.load(Path.of("runs/photos/encoder"))) {
 *   float[] vector = embedder.embed(cat);
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.vision;

import org.jspecify.annotations.NullMarked;
