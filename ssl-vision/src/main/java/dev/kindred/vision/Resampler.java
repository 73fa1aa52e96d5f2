package dev.kindred.vision;

import java.util.Arrays;

/**
 * Resizes planes with a triangle filter whose half-width is one source pixel where the picture
 * grows and one output pixel where it shrinks; edges are renormalised, not padded.
 */
final class Resampler {
  private Resampler() {}

  /** Resizes {@code [3, height, width]} to {@code [3, newHeight, newWidth]}. */
  static byte[] resize(byte[] pixels, int height, int width, int newHeight, int newWidth) {
    Axis columns = Axis.of(width, newWidth);
    Axis rows = Axis.of(height, newHeight);
    byte[] result = new byte[Image.CHANNELS * newHeight * newWidth];
    float[] narrowed = new float[height * newWidth];
    for (int channel = 0; channel < Image.CHANNELS; channel++) {
      resizeRows(pixels, channel * height * width, height, columns, narrowed);
      resizeColumns(narrowed, newWidth, rows, result, channel * newHeight * newWidth);
    }
    return result;
  }

  private static void resizeRows(byte[] from, int start, int height, Axis columns, float[] to) {
    int newWidth = columns.size();
    for (int y = 0; y < height; y++) {
      int row = start + y * columns.source;
      for (int x = 0; x < newWidth; x++) {
        float sum = 0;
        float[] weights = columns.weights[x];
        for (int i = 0; i < weights.length; i++) {
          sum += weights[i] * (from[row + columns.first[x] + i] & 0xFF);
        }
        to[y * newWidth + x] = sum;
      }
    }
  }

  private static void resizeColumns(float[] from, int width, Axis rows, byte[] to, int start) {
    float[] sums = new float[width];
    for (int y = 0; y < rows.size(); y++) {
      Arrays.fill(sums, 0.5f); // rounds to the nearest
      for (int i = 0; i < rows.weights[y].length; i++) {
        float weight = rows.weights[y][i];
        int row = (rows.first[y] + i) * width;
        for (int x = 0; x < width; x++) {
          sums[x] += weight * from[row + x];
        }
      }
      for (int x = 0; x < width; x++) {
        to[start + y * width + x] = (byte) Math.min(255, (int) sums[x]);
      }
    }
  }

  /** What each output position of one axis takes: weights that sum to 1, from {@code first} on. */
  private static final class Axis {
    final int source;
    final int[] first;
    final float[][] weights;

    private Axis(int source, int size) {
      this.source = source;
      this.first = new int[size];
      this.weights = new float[size][];
    }

    static Axis of(int source, int size) {
      Axis axis = new Axis(source, size);
      double step = (double) source / size;
      for (int i = 0; i < size; i++) {
        axis.place(i, (i + 0.5) * step, Math.max(1, step));
      }
      return axis;
    }

    int size() {
      return first.length;
    }

    private void place(int output, double centre, double reach) {
      int from = Math.max(0, (int) Math.floor(centre - reach));
      int to = Math.min(source, (int) Math.ceil(centre + reach));
      double sum = 0;
      double[] raw = new double[to - from];
      for (int i = 0; i < raw.length; i++) {
        raw[i] = Math.max(0, 1 - Math.abs(from + i + 0.5 - centre) / reach);
        sum += raw[i];
      }
      first[output] = from;
      weights[output] = new float[raw.length];
      for (int i = 0; i < raw.length; i++) {
        weights[output][i] = (float) (raw[i] / sum);
      }
    }
  }
}
