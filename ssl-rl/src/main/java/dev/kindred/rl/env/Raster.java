package dev.kindred.rl.env;

import java.util.Arrays;

/**
 * Fills polygons on a picture, each pixel with as much of the colour as the polygon covers of it.
 *
 * <p>Every edge leaves, in each cell that it passes, how much of the cell's height it spans and how
 * much of that lies to its right; the running sum of a row is then the exact area covered in each
 * of its cells. Plain arithmetic, so that the bytes are the same on every machine.
 */
final class Raster {
  private static final double NOTHING = 1.0 / 1024;

  private final int height;
  private final int width;
  private final int[] rgb;
  private final double[] changes;

  Raster(int height, int width) {
    this.height = height;
    this.width = width;
    rgb = new int[height * width];
    // A row is two cells longer: what lies to the right of the last pixel is left there.
    changes = new double[height * (width + 2)];
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /** The pixels, {@code 0xRRGGBB}, row by row. */
  int[] rgb() {
    return rgb;
  }

  void clear(int colour) {
    Arrays.fill(rgb, colour);
  }

  /** Fills; the corners {@code x, y, x, y, ...} are in pixels from the top left. */
  void fill(int colour, double[] corners) {
    double top = least(corners, 1);
    double bottom = greatest(corners, 1);
    double left = least(corners, 0);
    double right = greatest(corners, 0);
    if (bottom <= 0 || top >= height || right <= 0 || left >= width) {
      return;
    }
    int last = corners.length - 2;
    edge(corners[last], corners[last + 1], corners[0], corners[1]);
    for (int i = 0; i < last; i += 2) {
      edge(corners[i], corners[i + 1], corners[i + 2], corners[i + 3]);
    }
    int from = cell(left, width);
    int to = Math.min(width, cell(right, width) + 1);
    int end = (int) Math.ceil(Math.min(bottom, height));
    for (int y = cell(top, height); y < end; y++) {
      paint(colour, y, from, to);
    }
  }

  private static double least(double[] corners, int first) {
    double least = corners[first];
    for (int i = first + 2; i < corners.length; i += 2) {
      least = Math.min(least, corners[i]);
    }
    return least;
  }

  private static double greatest(double[] corners, int first) {
    double greatest = corners[first];
    for (int i = first + 2; i < corners.length; i += 2) {
      greatest = Math.max(greatest, corners[i]);
    }
    return greatest;
  }

  private static int cell(double at, int end) {
    return (int) Math.max(0, Math.min(at, end));
  }

  private void edge(double x1, double y1, double x2, double y2) {
    if (y1 < y2) {
      rows(x1, y1, x2, y2, 1);
    } else if (y1 > y2) {
      rows(x2, y2, x1, y1, -1);
    }
  }

  /** An edge downwards, row by row. */
  private void rows(double x1, double y1, double x2, double y2, int sign) {
    double slope = (x2 - x1) / (y2 - y1);
    double y = Math.max(0, y1);
    double end = Math.min(height, y2);
    for (int row = (int) y; y < end; row++) {
      double next = Math.min(row + 1, end);
      double a = x1 + (y - y1) * slope;
      double b = x1 + (next - y1) * slope;
      row(row * (width + 2), Math.min(a, b), Math.max(a, b), sign * (next - y));
      y = next;
    }
  }

  /** What an edge from {@code a} to {@code b} within one row leaves in the row's cells. */
  private void row(int start, double a, double b, double span) {
    if (b <= 0 || a >= width) {
      changes[start + (b <= 0 ? 0 : width)] += span;
      return;
    }
    double each = b > a ? span / (b - a) : 0;
    if (a < 0) {
      changes[start] -= a * each;
      span += a * each;
      a = 0;
    }
    int x = (int) a;
    for (; x < width && b > x + 1; x++) {
      double part = (x + 1 - a) * each;
      leave(start + x, part, (a - x + 1) / 2);
      span -= part;
      a = x + 1;
    }
    leave(start + x, span, x < width ? (a + b) / 2 - x : 0);
  }

  private void leave(int cell, double span, double before) {
    changes[cell] += span * (1 - before);
    changes[cell + 1] += span * before;
  }

  private void paint(int colour, int y, int from, int to) {
    int row = y * (width + 2);
    double covered = 0;
    for (int x = from; x < to; x++) {
      covered += changes[row + x];
      blend(y * width + x, colour, Math.min(1, Math.abs(covered)));
    }
    Arrays.fill(changes, row + from, row + Math.min(to + 2, width + 2), 0);
  }

  private void blend(int pixel, int colour, double share) {
    if (share > 1 - NOTHING) {
      rgb[pixel] = colour;
    } else if (share > NOTHING) {
      rgb[pixel] = mix(rgb[pixel], colour, share);
    }
  }

  /** A colour between two: {@code share} of the second, 0 to 1. */
  static int mix(int first, int second, double share) {
    int weight = (int) (share * 256 + 0.5);
    return channel(first, second, weight, 16)
        | channel(first, second, weight, 8)
        | channel(first, second, weight, 0);
  }

  private static int channel(int first, int second, int weight, int shift) {
    int a = first >> shift & 0xFF;
    int b = second >> shift & 0xFF;
    return (a * (256 - weight) + b * weight + 128) >> 8 << shift;
  }
}
