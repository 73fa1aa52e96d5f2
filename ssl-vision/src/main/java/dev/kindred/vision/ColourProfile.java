package dev.kindred.vision;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.jspecify.annotations.Nullable;

/** Colours of another space in sRGB. */
final class ColourProfile {
  private ColourProfile() {}

  /** The picture in sRGB; as it is if {@code profile} is null, damaged or not of an RGB space. */
  static Image toSrgb(Image image, byte @Nullable [] profile) {
    if (profile == null) {
      return image;
    }
    try {
      ICC_Profile from = ICC_Profile.getInstance(profile);
      return from.getColorSpaceType() == ColorSpace.TYPE_RGB ? convert(image, from) : image;
    } catch (IllegalArgumentException | CMMException damaged) {
      return image;
    }
  }

  private static Image convert(Image image, ICC_Profile from) {
    ICC_Profile to = ((ICC_ColorSpace) ColorSpace.getInstance(ColorSpace.CS_sRGB)).getProfile();
    WritableRaster source = interleaved(image);
    WritableRaster converted = source.createCompatibleWritableRaster();
    new ColorConvertOp(new ICC_Profile[] {from, to}, null).filter(source, converted);
    return planar(converted);
  }

  private static WritableRaster interleaved(Image image) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE, image.width(), image.height(), Image.CHANNELS, null);
    int[] row = new int[image.width()];
    for (int channel = 0; channel < Image.CHANNELS; channel++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < row.length; x++) {
          row[x] = image.sample(channel, y, x);
        }
        raster.setSamples(0, y, row.length, 1, channel, row);
      }
    }
    return raster;
  }

  private static Image planar(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] pixels = new byte[Image.CHANNELS * height * width];
    int[] row = new int[width];
    for (int channel = 0; channel < Image.CHANNELS; channel++) {
      for (int y = 0; y < height; y++) {
        raster.getSamples(0, y, width, 1, channel, row);
        for (int x = 0; x < width; x++) {
          pixels[(channel * height + y) * width + x] = (byte) row[x];
        }
      }
    }
    return Image.owning(height, width, pixels);
  }
}
