package dev.kindred.vision.augment;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** The augmentations again, in plain Java and double precision, one picture at a time. */
final class Reference {
  private Reference() {}

  /** PIL's {@code crop} and then {@code resize(BILINEAR)}, without the rounding to bytes. */
  static double[][][] resizedCrop(
      double[][][] planes, int top, int left, int height, int width, int size) {
    double[][][] result = new double[3][size][size];
    double[][] rows = weights(height, size);
    double[][] columns = weights(width, size);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          double sum = 0;
          for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
              sum += rows[y][i] * columns[x][j] * planes[c][top + i][left + j];
            }
          }
          result[c][y][x] = sum;
        }
      }
    }
    return result;
  }

  /** PIL's precompute_coeffs for its bilinear filter. */
  private static double[][] weights(int in, int out) {
    double scale = (double) in / out;
    double filterScale = Math.max(scale, 1);
    double support = filterScale;
    double[][] weights = new double[out][in];
    for (int i = 0; i < out; i++) {
      double center = (i + 0.5) * scale;
      int min = Math.max(0, (int) (center - support + 0.5));
      int max = Math.min(in, (int) (center + support + 0.5));
      double sum = 0;
      for (int j = min; j < max; j++) {
        double distance = Math.abs((j - center + 0.5) / filterScale);
        weights[i][j] = distance < 1 ? 1 - distance : 0;
        sum += weights[i][j];
      }
      for (int j = min; j < max; j++) {
        weights[i][j] /= sum;
      }
    }
    return weights;
  }

  static double grey(double[] rgb) {
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
  }

  static double[] color(double[][][] planes, int y, int x) {
    return new double[] {planes[0][y][x], planes[1][y][x], planes[2][y][x]};
  }

  /**
   * {@code factor * image + (1 - factor) * other}, where change 0 blends with black, 1 with the
   * mean of grey, 2 with grey.
   */
  static void blend(double[][][] planes, int change, double factor) {
    int height = planes[0].length;
    int width = planes[0][0].length;
    double mean = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        mean += grey(color(planes, y, x)) / (height * width);
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double[] rgb = color(planes, y, x);
        double other = change == 0 ? 0 : change == 1 ? mean : grey(rgb);
        for (int c = 0; c < 3; c++) {
          planes[c][y][x] = clip(factor * rgb[c] + (1 - factor) * other);
        }
      }
    }
  }

  /** Through HSV by the textbook formulas. */
  static void turnHue(double[][][] planes, double turn) {
    for (int y = 0; y < planes[0].length; y++) {
      for (int x = 0; x < planes[0][0].length; x++) {
        double[] hsv = hsv(color(planes, y, x));
        double hue = hsv[0] + turn;
        double[] rgb = rgb(hue - Math.floor(hue), hsv[1], hsv[2]);
        for (int c = 0; c < 3; c++) {
          planes[c][y][x] = rgb[c];
        }
      }
    }
  }

  private static double[] hsv(double[] rgb) {
    double max = Math.max(rgb[0], Math.max(rgb[1], rgb[2]));
    double chroma = max - Math.min(rgb[0], Math.min(rgb[1], rgb[2]));
    if (chroma == 0) {
      return new double[] {0, 0, max};
    }
    double hue =
        max == rgb[0]
            ? (rgb[1] - rgb[2]) / chroma
            : max == rgb[1] ? (rgb[2] - rgb[0]) / chroma + 2 : (rgb[0] - rgb[1]) / chroma + 4;
    return new double[] {(hue / 6 + 1) % 1, chroma / max, max};
  }

  private static double[] rgb(double h, double s, double v) {
    int sector = (int) Math.floor(h * 6) % 6;
    double f = h * 6 - Math.floor(h * 6);
    double p = v * (1 - s);
    double q = v * (1 - s * f);
    double t = v * (1 - s * (1 - f));
    return switch (sector) {
      case 0 -> new double[] {v, t, p};
      case 1 -> new double[] {q, v, p};
      case 2 -> new double[] {p, v, t};
      case 3 -> new double[] {p, q, v};
      case 4 -> new double[] {t, p, v};
      default -> new double[] {v, p, q};
    };
  }

  /** Convolved on both axes, with the edges reflected but not repeated. */
  static double[][][] blurred(double[][][] planes, int kernel, double sigma) {
    int size = planes[0].length;
    double[] weights = new double[kernel];
    double sum = 0;
    for (int i = 0; i < kernel; i++) {
      double distance = i - kernel / 2;
      weights[i] = Math.exp(-distance * distance / (2 * sigma * sigma));
      sum += weights[i];
    }
    double[][][] result = new double[3][size][size];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          for (int i = 0; i < kernel; i++) {
            for (int j = 0; j < kernel; j++) {
              int from = reflected(y + i - kernel / 2, size);
              int across = reflected(x + j - kernel / 2, size);
              result[c][y][x] += weights[i] * weights[j] / (sum * sum) * planes[c][from][across];
            }
          }
        }
      }
    }
    return result;
  }

  private static int reflected(int i, int size) {
    return i < 0 ? -i : i >= size ? 2 * size - 2 - i : i;
  }

  /** Bilinear, about the middle, counter-clockwise. */
  static double[][][] turned(double[][][] planes, double radians, double fill) {
    double middle = (planes[0].length - 1) / 2.0;
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    double[] x = {cos, -sin, middle - cos * middle + sin * middle};
    double[] y = {sin, cos, middle - sin * middle - cos * middle};
    return mapped(planes, x, y, fill);
  }

  /**
   * Bilinear; output {@code (x, y)} comes from column {@code fromX . (x, y, 1)} and row {@code
   * fromY . (x, y, 1)}.
   */
  static double[][][] mapped(double[][][] planes, double[] fromX, double[] fromY, double fill) {
    int size = planes[0].length;
    double[][][] result = new double[3][size][size];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          double column = fromX[0] * x + fromX[1] * y + fromX[2];
          double row = fromY[0] * x + fromY[1] * y + fromY[2];
          result[c][y][x] = bilinear(planes[c], row, column, fill);
        }
      }
    }
    return result;
  }

  private static double bilinear(double[][] plane, double y, double x, double fill) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double sum = 0;
    for (int i = top; i <= top + 1; i++) {
      for (int j = left; j <= left + 1; j++) {
        boolean inside = i >= 0 && i < plane.length && j >= 0 && j < plane.length;
        double weight = (1 - Math.abs(y - i)) * (1 - Math.abs(x - j));
        sum += weight * (inside ? plane[i][j] : fill);
      }
    }
    return sum;
  }

  /** {@code factor * image + (1 - factor) * smoothed}, by PIL's SMOOTH kernel. */
  static double[][][] sharpened(double[][][] planes, double factor) {
    int size = planes[0].length;
    double[][][] result = new double[3][size][size];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          double smooth = smooth(planes[c], y, x);
          result[c][y][x] = clip(factor * planes[c][y][x] + (1 - factor) * smooth);
        }
      }
    }
    return result;
  }

  private static double smooth(double[][] plane, int y, int x) {
    if (y == 0 || x == 0 || y == plane.length - 1 || x == plane.length - 1) {
      return plane[y][x];
    }
    double sum = 4 * plane[y][x];
    for (int i = y - 1; i <= y + 1; i++) {
      for (int j = x - 1; j <= x + 1; j++) {
        sum += plane[i][j];
      }
    }
    return sum / 13;
  }

  static int level(double value) {
    return (int) Math.floor(255 * value + 0.501);
  }

  /** Each channel from its darkest to its brightest stretched to {@code [0, 1]}. */
  static double[][][] stretched(double[][][] planes) {
    double[][][] result = new double[3][][];
    for (int c = 0; c < 3; c++) {
      double min = values(planes[c]).min().orElseThrow();
      double max = values(planes[c]).max().orElseThrow();
      result[c] = each(planes[c], v -> max - min < 0.5 / 255 ? v : (v - min) / (max - min));
    }
    return result;
  }

  /** PIL's ImageOps.equalize. */
  static double[][][] equalized(double[][][] planes) {
    double[][][] result = new double[3][][];
    for (int c = 0; c < 3; c++) {
      int[] table = equalizing(planes[c]);
      result[c] = each(planes[c], v -> table[level(v)] / 255.0);
    }
    return result;
  }

  private static int[] equalizing(double[][] plane) {
    int[] counts = new int[256];
    values(plane).forEach(v -> counts[level(v)]++);
    int last = 255;
    while (counts[last] == 0) {
      last--;
    }
    int step = (plane.length * plane.length - counts[last]) / 255;
    int[] table = new int[256];
    int sum = step / 2;
    for (int level = 0; level < 256; level++) {
      table[level] = step == 0 ? level : Math.min(255, sum / step);
      sum += counts[level];
    }
    return table;
  }

  static double[][][] each(double[][][] planes, DoubleUnaryOperator change) {
    return Arrays.stream(planes).map(plane -> each(plane, change)).toArray(double[][][]::new);
  }

  private static double[][] each(double[][] plane, DoubleUnaryOperator change) {
    return Arrays.stream(plane)
        .map(row -> Arrays.stream(row).map(change).toArray())
        .toArray(double[][]::new);
  }

  private static DoubleStream values(double[][] plane) {
    return Arrays.stream(plane).flatMapToDouble(Arrays::stream);
  }

  static double clip(double value) {
    return Math.max(0, Math.min(1, value));
  }

  /** The rows of {@link Augmented#run}. */
  static float[] flat(double[][][] planes) {
    int height = planes[0].length;
    int width = planes[0][0].length;
    float[] flat = new float[3 * height * width];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) planes[i / (height * width)][i / width % height][i % width];
    }
    return flat;
  }
}
