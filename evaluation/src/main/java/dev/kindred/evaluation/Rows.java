package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.UnitVectors;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/** Rows, and their way into the graph and out of it. */
final class Rows {
  private Rows() {}

  /** A row that equals another of the same numbers. */
  record Values(float[] row) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Values values && Arrays.equals(row, values.row);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(row);
    }
  }

  /** A tensor {@code [count, width]}, which the caller closes. */
  static TFloat32 pack(int count, int width, IntFunction<float[]> row) {
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(count, width));
    FloatDataBuffer values = tensor.asRawTensor().data().asFloats();
    for (int i = 0; i < count; i++) {
      values.offset((long) i * width).write(row.apply(i));
    }
    return tensor;
  }

  /** The cosine of two rows of one width; 0 if one is zero, NaN if one is not finite. */
  static float cosine(float[] a, float[] b) {
    float[] one = UnitVectors.of(a);
    float[] other = UnitVectors.of(b);
    double dot = 0;
    for (int i = 0; i < one.length; i++) {
      dot += (double) one[i] * other[i];
    }
    return (float) dot;
  }

  /** Whether every value of {@code row} is 0. */
  static boolean isZero(float[] row) {
    for (float value : row) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** The mean of {@code rows}, feature by feature. */
  static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j];
      }
    }
    return Arrays.stream(mean).map(sum -> sum / rows.length).toArray();
  }

  /**
   * {@code count} of {@code size} rows drawn from {@code seed}, in their order; all if there are no
   * more.
   */
  static int[] drawn(int size, int count, long seed) {
    int[] order = IntStream.range(0, size).toArray();
    if (count < size) {
      shuffle(order, new Random(seed));
      order = Arrays.copyOf(order, count);
      Arrays.sort(order);
    }
    return order;
  }

  /** Puts {@code order} into a random order. */
  static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /**
   * The indices of the {@value Classification#TOP} largest values, or of all, the largest first, of
   * equal ones the first.
   */
  static int[] best(double[] values) {
    int[] best = new int[Math.min(Classification.TOP, values.length)];
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      int place = found;
      while (place > 0 && values[i] > values[best[place - 1]]) {
        place--;
      }
      if (place < best.length) {
        found = Math.min(found + 1, best.length);
        System.arraycopy(best, place, best, place + 1, found - place - 1);
        best[place] = i;
      }
    }
    return best;
  }

  /** The ids of the rows whose every value is 0, which have no direction. */
  static List<String> zeroIds(Embeddings rows) {
    return IntStream.range(0, rows.size())
        .filter(row -> isZero(rows.vectors()[row]))
        .mapToObj(rows.ids()::get)
        .toList();
  }

  /**
   * Checks that rows can be compared.
   *
   * @throws KindredException if their widths differ
   */
  static void requireSameWidth(String role, int width, String otherRole, Embeddings others) {
    if (others.dimension() != width) {
      throw new KindredException(
          "%s and %s must be equally wide, were %d and %d; embed both with one model"
              .formatted(role, otherRole, width, others.dimension()));
    }
  }
}
