package dev.kindred.vision;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import org.jspecify.annotations.Nullable;

/**
 * How a stored picture is turned and mirrored into the one to show: Exif's orientation, 1 to 8.
 *
 * @param transposed whether rows and columns change places
 * @param flippedX whether stored columns are read from the right
 * @param flippedY whether stored rows are read from the bottom
 */
record Orientation(boolean transposed, boolean flippedX, boolean flippedY) {
  static final Orientation UPRIGHT = of(1);

  /** The orientation with Exif's number {@code code}; upright if there is no such number. */
  static Orientation of(int code) {
    return switch (code) {
      case 2 -> new Orientation(false, true, false);
      case 3 -> new Orientation(false, true, true);
      case 4 -> new Orientation(false, false, true);
      case 5 -> new Orientation(true, false, false);
      case 6 -> new Orientation(true, false, true);
      case 7 -> new Orientation(true, true, true);
      case 8 -> new Orientation(true, true, false);
      default -> new Orientation(false, false, false);
    };
  }

  /** The orientation in an Exif block; upright if there is none or it is damaged. */
  static Orientation of(byte @Nullable [] exif) {
    if (exif == null) {
      return UPRIGHT;
    }
    Metadata metadata = new Metadata();
    new ExifReader().extract(new ByteArrayReader(exif), metadata);
    ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer code =
        directory == null ? null : directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return code == null ? UPRIGHT : of(code.intValue());
  }

  /** The picture to show. */
  Image apply(Image stored) {
    return equals(UPRIGHT) ? stored : turned(stored);
  }

  private Image turned(Image stored) {
    int height = transposed ? stored.width() : stored.height();
    int width = transposed ? stored.height() : stored.width();
    byte[] pixels = new byte[Image.CHANNELS * height * width];
    int at = 0;
    for (int channel = 0; channel < Image.CHANNELS; channel++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          pixels[at++] = (byte) source(stored, channel, y, x);
        }
      }
    }
    return Image.owning(height, width, pixels);
  }

  private int source(Image stored, int channel, int y, int x) {
    int row = transposed ? x : y;
    int column = transposed ? y : x;
    return stored.sample(
        channel,
        flippedY ? stored.height() - 1 - row : row,
        flippedX ? stored.width() - 1 - column : column);
  }
}
