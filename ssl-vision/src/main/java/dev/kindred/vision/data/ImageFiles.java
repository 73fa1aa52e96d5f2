package dev.kindred.vision.data;

import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.vision.Image;

/** Pictures of any size that are stored in their own formats, and decoded at {@link #get}. */
public sealed interface ImageFiles extends Dataset<Image>, Encoded permits ImageFolder, TarImages {
  /**
   * The same pictures, shrunk while they are decoded so that the longer side is at most {@code
   * maxSide}, aspect kept; see {@link dev.kindred.vision.ImageDecoder#maxSide(int)}.
   *
   * @throws IllegalArgumentException if {@code maxSide} is below 1
   */
  ImageFiles decodeTo(int maxSide);
}
