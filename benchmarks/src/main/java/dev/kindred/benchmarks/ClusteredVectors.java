package dev.kindred.benchmarks;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Labelled vectors that lie as representations do: in classes, each of several groups, with noise
 * of which a few directions have most.
 *
 * <p>A row is {@code c + g + n}. The coordinates of its class's centre {@code c} are normal with
 * standard deviation {@value #CENTRE}, those of its group's offset {@code g} with {@value #GROUP};
 * coordinate {@code j} of {@code n} is normal with variance {@code d / ((j + 1) H)} times the
 * square of {@value #NOISE}, where {@code d} is the dimension and {@code H} the sum of {@code 1 /
 * (j + 1)}: together as much as if all had standard deviation {@value #NOISE}. Spectra of
 * representations fall about so; of noise that is equal in all directions every row would be as far
 * from every other. Row {@code i} is of class {@code i % classes}, and of a group drawn at random.
 *
 * @param classes how many classes
 * @param groups how many groups a class has
 * @param dimension the width of a row
 * @param seed what all is drawn from
 */
record ClusteredVectors(int classes, int groups, int dimension, long seed) {
  private static final double CENTRE = 0.5;
  private static final double GROUP = 0.5;
  private static final double NOISE = 1.0;

  ClusteredVectors {
    Require.atLeastOne("classes", classes);
    Require.atLeastOne("groups", groups);
    Require.atLeastOne("dimension", dimension);
  }

  /**
   * So many rows.
   *
   * @param draw different rows of the same classes for each number
   */
  Embeddings rows(int count, String name, long draw) {
    Random shape = new Random(seed);
    float[][] centres = normal(shape, classes, CENTRE);
    float[][] offsets = normal(shape, classes * groups, GROUP);
    Random random = new Random(seed ^ (draw + 1) * 0x9E3779B97F4A7C15L);
    float[][] rows = new float[count][];
    double[] deviations = deviations();
    for (int i = 0; i < count; i++) {
      int label = i % classes;
      rows[i] = row(random, deviations, centres[label], offset(random, offsets, label));
    }
    return new Embeddings(
        IntStream.range(0, count).mapToObj(i -> name + i).toList(),
        IntStream.range(0, count).map(i -> i % classes).toArray(),
        IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(),
        rows,
        List.of());
  }

  private float[] offset(Random random, float[][] offsets, int label) {
    return offsets[label * groups + random.nextInt(groups)];
  }

  private float[] row(Random random, double[] deviations, float[] centre, float[] offset) {
    float[] row = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      row[j] = (float) (centre[j] + offset[j] + deviations[j] * random.nextGaussian());
    }
    return row;
  }

  private double[] deviations() {
    double sum = IntStream.range(0, dimension).mapToDouble(j -> 1.0 / (j + 1)).sum();
    return IntStream.range(0, dimension)
        .mapToDouble(j -> NOISE * Math.sqrt(dimension / ((j + 1) * sum)))
        .toArray();
  }

  private float[][] normal(Random random, int count, double deviation) {
    float[][] rows = new float[count][dimension];
    for (float[] row : rows) {
      for (int j = 0; j < dimension; j++) {
        row[j] = (float) (deviation * random.nextGaussian());
      }
    }
    return rows;
  }
}
