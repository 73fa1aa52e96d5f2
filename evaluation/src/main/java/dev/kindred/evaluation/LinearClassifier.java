package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.types.TFloat32;

/**
 * A trained linear classifier: the class of {@code x} is the one with the largest {@code w_c . x +
 * b_c}, of equal ones the first. It applies to raw representations; any standardisation is inside
 * the weights. Immutable by convention: the arrays are not copied, and nobody writes to them.
 *
 * @param classNames the names of the classes
 * @param weights {@code [classes][dimension]}
 * @param biases {@code [classes]}
 */
public record LinearClassifier(List<String> classNames, double[][] weights, double[] biases) {

  /**
   * Checks that the parts fit each other.
   *
   * @throws IllegalArgumentException if there is no class or their numbers differ
   */
  public LinearClassifier {
    classNames = List.copyOf(classNames);
    if (biases.length == 0
        || classNames.size() != biases.length
        || weights.length != biases.length) {
      throw new IllegalArgumentException(
          "class names, weights and biases must be equally many and not none, were %d, %d and %d"
              .formatted(classNames.size(), weights.length, biases.length));
    }
  }

  /**
   * The last layer of a network that was trained with labels.
   *
   * @param kernel {@code [dimension, classes]}
   * @param bias {@code [classes]}
   * @throws IllegalArgumentException if the numbers of classes differ
   */
  public static LinearClassifier of(List<String> classNames, TFloat32 kernel, TFloat32 bias) {
    int classes = (int) bias.size();
    double[][] weights = new double[classes][(int) kernel.shape().get(0)];
    kernel
        .scalars()
        .forEachIndexed((at, value) -> weights[(int) at[1]][(int) at[0]] = value.getFloat());
    double[] biases = new double[classes];
    bias.scalars().forEachIndexed((at, value) -> biases[(int) at[0]] = value.getFloat());
    return new LinearClassifier(classNames, weights, biases);
  }

  /**
   * Each row's class as an index into {@link #classNames}.
   *
   * @param rows {@code [n][dimension]}
   */
  public int[] predict(float[][] rows) {
    return Arrays.stream(rank(rows)).mapToInt(classes -> classes[0]).toArray();
  }

  /**
   * Classifies every row, and compares with its label.
   *
   * @throws KindredException if a row has no label or a class that is not among {@link
   *     #classNames}, or is of another width
   */
  public Classification evaluate(Embeddings test) {
    Labelled known = new Labelled("training rows", classNames, classNames);
    int[] truth = Labelled.of("test rows", test).indicesIn(known);
    Rows.requireSameWidth("training rows", weights[0].length, "test rows", test);
    return new Classification(classNames, test.ids(), truth, rank(test.vectors()));
  }

  private int[][] rank(float[][] rows) {
    try (LinearScores scores = new LinearScores(this)) {
      return scores.rank(rows);
    }
  }
}
