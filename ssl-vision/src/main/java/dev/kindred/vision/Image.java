package dev.kindred.vision;

/**
 * A decoded image: uint8 colours, plane by plane, {@code [3, height, width]}.
 *
 * @param height rows
 * @param width columns
 * @param pixels {@code [3, height, width]}
 */
public record Image(int height, int width, byte[] pixels) {
  /** This image itself, which must fit. */
  public Image fit(int maxSide) {
    if (Math.max(height, width) > maxSide) {
      throw new IllegalArgumentException("image must be <= %d pixels a side".formatted(maxSide));
    }
    return this;
  }
}
