package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Embeddings to test with. */
final class Examples {
  static final List<String> ABC = List.of("ant", "bee", "cow");

  private Examples() {}

  /** Examples of classes {@code truth} that were taken for {@code predicted}. */
  static Classification classified(List<String> classNames, int[] truth, int[] predicted) {
    return new Classification(
        classNames,
        ids(truth.length),
        truth,
        Arrays.stream(predicted).mapToObj(one -> new int[] {one}).toArray(int[][]::new));
  }

  static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "row" + i).toList();
  }

  static Embeddings of(List<String> classNames, int[] labels, float[]... vectors) {
    return new Embeddings(ids(vectors.length), labels, classNames, vectors, List.of());
  }

  /** Gaussian clouds of three classes whose centres are {@code distance} from the origin. */
  static Embeddings clouds(int size, int width, double distance, long seed) {
    Random random = new Random(seed);
    int[] labels = new int[size];
    float[][] vectors = new float[size][width];
    for (int i = 0; i < size; i++) {
      labels[i] = i < 3 ? i : random.nextInt(3);
      for (int j = 0; j < width; j++) {
        vectors[i][j] = (float) (random.nextGaussian() + (j == labels[i] ? distance : 0));
      }
    }
    return of(ABC, labels, vectors);
  }

  /** Rows of standard normal numbers. */
  static float[][] gaussian(int rows, int width, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[rows][width];
    for (float[] row : vectors) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }
}
