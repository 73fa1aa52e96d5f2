package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Require;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Multinomial logistic regression, solved to convergence by L-BFGS over all rows: a convex problem
 * with one solution, so nothing is drawn at random and no learning rate is to be tuned.
 *
 * <p>Minimises {@code sum_i -log softmax(W x_i + b)[y_i] + l2 / 2 |W|^2}; biases are not
 * regularised. This is scikit-learn's {@code LogisticRegression(C=1/l2)}. The sum is taken in
 * float64, in batches, so that beyond one float32 copy of the rows memory is bounded.
 *
 * @param l2 the strength of the regularisation, above 0
 * @param standardise whether features are first scaled to mean 0 and deviation 1 over the training
 *     rows; without, {@code l2} and convergence depend on the features' scale
 * @param maxIterations after how many steps to stop if it has not converged, which is logged
 */
public record LogisticProbe(double l2, boolean standardise, int maxIterations)
    implements LinearProbe {
  /** Strength 1, scikit-learn's default {@code C = 1}. */
  public static final double DEFAULT_L2 = 1;

  /** 1000 steps; common problems take some hundred. */
  public static final int DEFAULT_MAX_ITERATIONS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(LogisticProbe.class);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if {@code l2} is not above 0, or {@code maxIterations} is
   *     below 1
   */
  public LogisticProbe {
    Require.positive("l2", l2);
    Require.atLeastOne("maxIterations", maxIterations);
  }

  /** Strength {@value #DEFAULT_L2} on standardised features. */
  public static LogisticProbe defaults() {
    return new LogisticProbe(DEFAULT_L2, true, DEFAULT_MAX_ITERATIONS);
  }

  /** The same with another strength. */
  public LogisticProbe withL2(double strength) {
    return new LogisticProbe(strength, standardise, maxIterations);
  }

  @Override
  public LinearClassifier fit(Embeddings training) {
    Labelled labelled = Labelled.of("training rows", training).severalClasses();
    Standardisation scaling = Standardisation.of(training.vectors(), standardise);
    return scaling.unfold(labelled.classes(), minimise(training.vectors(), labelled, scaling));
  }

  private double[] minimise(float[][] rows, Labelled labelled, Standardisation scaling) {
    int classes = labelled.classes().size();
    try (SoftmaxLoss loss =
        new SoftmaxLoss(rows, scaling::apply, labelled.indices(), classes, l2)) {
      Lbfgs.Minimum minimum = Lbfgs.minimise(loss, loss.parameters(), maxIterations);
      if (!minimum.converged()) {
        LOG.warn(
            "logistic regression did not converge within {} iterations; raise maxIterations or l2",
            maxIterations);
      }
      LOG.debug("logistic regression: {} iterations", minimum.iterations());
      return minimum.x();
    }
  }
}
