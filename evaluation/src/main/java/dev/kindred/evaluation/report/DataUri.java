package dev.kindred.evaluation.report;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.util.Base64;

/** Pictures as text that stands in the page itself. */
final class DataUri {
  private DataUri() {}

  /**
   * The picture of example {@code id} as a data URI; empty if it has none.
   *
   * @throws KindredException if the picture cannot be read
   * @throws IllegalArgumentException if it is neither a PNG nor a JPEG
   */
  static String of(String id, Thumbnails thumbnails) {
    try {
      byte[] picture = thumbnails.picture(id);
      return picture.length == 0 ? "" : encode(id, picture);
    } catch (IOException e) {
      throw new KindredException(id + ": its picture cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static String encode(String id, byte[] picture) {
    return "data:" + type(id, picture) + ";base64," + Base64.getEncoder().encodeToString(picture);
  }

  private static String type(String id, byte[] picture) {
    if (startsWith(picture, 0x89, 'P', 'N', 'G')) {
      return "image/png";
    }
    if (startsWith(picture, 0xff, 0xd8, 0xff)) {
      return "image/jpeg";
    }
    throw new IllegalArgumentException(
        id + ": its picture must be PNG or JPEG, but starts with neither's signature");
  }

  private static boolean startsWith(byte[] picture, int... signature) {
    for (int i = 0; i < signature.length; i++) {
      if (i >= picture.length || (picture[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
