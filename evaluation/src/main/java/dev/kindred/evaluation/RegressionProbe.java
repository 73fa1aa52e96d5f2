package dev.kindred.evaluation;

import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * A linear regression on frozen representations: how much of numbers, such as the true state of a
 * world, can be read off them. Ridge regression on standardised features, {@code min |X w - y|^2 +
 * n penalty |w|^2}; the penalty of each number is the one that serves a part of the training rows
 * best that was held out, the last of them, since neighbours in a recording are all but equal.
 *
 * <p>Deterministic, and safe for use from several threads.
 *
 * @param penalties those tried, each {@code > 0}
 * @param heldOut the share of the training rows that chooses among them, in {@code (0, 1)}
 */
public record RegressionProbe(List<Double> penalties, double heldOut) {
  /** Checks the settings. */
  public RegressionProbe {
    penalties = List.copyOf(penalties);
    Require.that(!penalties.isEmpty(), "penalties", "at least one", "none");
    penalties.forEach(penalty -> Require.positive("penalty", penalty));
    Require.that(heldOut > 0 && heldOut < 1, "held-out share", "in (0, 1)", heldOut);
  }

  /** Seven penalties from 1e-5 to 10, chosen by a fifth of the training rows. */
  public static RegressionProbe defaults() {
    return new RegressionProbe(List.of(1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0), 0.2);
  }

  /**
   * Fits to the training rows and measures on the test rows.
   *
   * @throws KindredException if the two differ in width or in their numbers' names, or the training
   *     rows are fewer than 10
   */
  public RegressionScores evaluate(ValuedRows training, ValuedRows test) {
    requireComparable(training, test);
    int kept = (int) Math.round(training.vectors().length * (1 - heldOut));
    double[] chosen =
        chosen(training.part(0, kept), training.part(kept, training.vectors().length));
    double[][] foretold = new double[test.vectors().length][test.names().size()];
    Fit fit = new Fit(training);
    for (int value = 0; value < chosen.length; value++) {
      double[][] all = fit.foretell(chosen[value], test.vectors());
      for (int row = 0; row < all.length; row++) {
        foretold[row][value] = all[row][value];
      }
    }
    return RegressionScores.of(test.names(), test.values(), foretold);
  }

  private static void requireComparable(ValuedRows training, ValuedRows test) {
    if (training.vectors()[0].length != test.vectors()[0].length
        || !training.names().equals(test.names())) {
      throw new KindredException(
          "test rows must be as the training rows, %d numbers and %s, were %d and %s"
              .formatted(
                  training.vectors()[0].length,
                  training.names(),
                  test.vectors()[0].length,
                  test.names()));
    }
    if (training.vectors().length < 10) {
      throw new KindredException(
          "a regression needs 10 training rows or more, had " + training.vectors().length);
    }
  }

  /** The penalty of each number. */
  private double[] chosen(ValuedRows training, ValuedRows validation) {
    Fit fit = new Fit(training);
    double[] best = new double[training.names().size()];
    double[] bestScores = new double[best.length];
    Arrays.fill(bestScores, Double.NEGATIVE_INFINITY);
    Arrays.fill(best, penalties.get(0));
    for (double penalty : penalties) {
      RegressionScores scores =
          RegressionScores.of(
              training.names(), validation.values(), fit.foretell(penalty, validation.vectors()));
      for (int i = 0; i < best.length; i++) {
        double score = scores.of(training.names().get(i));
        if (score > bestScores[i]) {
          bestScores[i] = score;
          best[i] = penalty;
        }
      }
    }
    return best;
  }

  /** Training rows, standardised, as their normal equations. */
  private static final class Fit {
    private final Standardisation features;
    private final Standardisation numbers;
    private final RealMatrix covariance;
    private final RealMatrix products;

    Fit(ValuedRows rows) {
      features = Standardisation.of(rows.vectors());
      numbers = Standardisation.of(rows.values());
      RealMatrix x = matrix(features, rows.vectors());
      RealMatrix transposed = x.transpose();
      double share = 1.0 / rows.vectors().length;
      covariance = transposed.multiply(x).scalarMultiply(share);
      products = transposed.multiply(matrix(numbers, rows.values())).scalarMultiply(share);
    }

    /** {@code [rows][values]}. */
    double[][] foretell(double penalty, float[][] vectors) {
      RealMatrix regularised = covariance.copy();
      for (int i = 0; i < regularised.getRowDimension(); i++) {
        regularised.addToEntry(i, i, penalty);
      }
      RealMatrix weights = new CholeskyDecomposition(regularised).getSolver().solve(products);
      double[][] foretold = matrix(features, vectors).multiply(weights).getData();
      for (double[] row : foretold) {
        for (int i = 0; i < row.length; i++) {
          row[i] = row[i] * numbers.deviation(i) + numbers.mean()[i];
        }
      }
      return foretold;
    }

    private static RealMatrix matrix(Standardisation standardisation, float[][] rows) {
      double[][] standardised = new double[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        standardised[i] = doubles(standardisation.apply(rows[i]));
      }
      return new Array2DRowRealMatrix(standardised, false);
    }

    private static double[] doubles(float[] values) {
      return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
  }
}
