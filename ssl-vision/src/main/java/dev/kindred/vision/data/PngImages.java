package dev.kindred.vision.data;

import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.vision.Image;

/** Pictures that are stored as pixels, as PNG files. */
record PngImages(Dataset<Image> images) implements Encoded {
  @Override
  public String extension(int index) {
    return "png";
  }

  @Override
  public byte[] encoded(int index) {
    return images.get(index).png();
  }
}
