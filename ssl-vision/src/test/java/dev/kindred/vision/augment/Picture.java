package dev.kindred.vision.augment;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A picture for tests: values in [0, 255], plane by plane. */
record Picture(int height, int width, int[] values) {
  /** Smooth colours with noise, other for every seed. */
  static Picture random(int height, int width, long seed) {
    Random random = new Random(seed);
    int[] values = new int[3 * height * width];
    for (int i = 0; i < values.length; i++) {
      int row = i / width;
      double wave = Math.sin(i % width * 0.3 + seed) + Math.cos(row * 0.2 + i % 3);
      values[i] = (int) Math.max(0, Math.min(255, 128 + 50 * wave + 30 * random.nextGaussian()));
    }
    return new Picture(height, width, values);
  }

  static List<Picture> batch(int count, int height, int width) {
    return IntStream.range(0, count).mapToObj(i -> random(height, width, i)).toList();
  }

  static List<Picture> copies(int count, Picture picture) {
    return java.util.Collections.nCopies(count, picture);
  }

  /** The colours in [0, 1]: {@code [channel][y][x]}. */
  double[][][] planes() {
    double[][][] planes = new double[3][height][width];
    for (int i = 0; i < values.length; i++) {
      planes[i / (height * width)][i / width % height][i % width] = values[i] / 255.0;
    }
    return planes;
  }

  void write(byte[] canvas, int start, int side) {
    for (int i = 0; i < values.length; i++) {
      int row = i / (height * width) * side + i / width % height;
      canvas[start + row * side + i % width] = (byte) values[i];
    }
  }
}
