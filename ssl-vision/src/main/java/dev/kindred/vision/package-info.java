/**
 * Pictures: {@link dev.kindred.vision.Image}, decoded and immutable, and {@link
 * dev.kindred.vision.ImageDecoder}, which reads JPEG, PNG, BMP, GIF and WebP files strictly.
 *
 * <pre>{@code
 * Image cat = Image.read(Path.of("cat.jpg"));             // upright, sRGB, [3, height, width]
 * Image small = cat.resize(64, 64);                       // antialiased
 * Image bounded = ImageDecoder.defaults().maxSide(256).read(Path.of("huge.jpg"));
 * }</pre>
 */
@NullMarked
package dev.kindred.vision;

import org.jspecify.annotations.NullMarked;
