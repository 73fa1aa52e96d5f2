package dev.kindred.rl.env;

/** Reads frames. */
final class Pictures {
  private Pictures() {}

  /** A pixel of the first three planes, {@code 0xRRGGBB}. */
  static int pixel(Frame frame, int y, int x) {
    int plane = frame.height() * frame.width();
    int at = y * frame.width() + x;
    return (frame.samples()[at] & 0xFF) << 16
        | (frame.samples()[plane + at] & 0xFF) << 8
        | (frame.samples()[2 * plane + at] & 0xFF);
  }

  /** How many pixels have a colour. */
  static int count(Frame frame, int colour) {
    int count = 0;
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        count += pixel(frame, y, x) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
