package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A linear classifier trained by stochastic gradient descent with momentum, as the published linear
 * evaluations were: {@code v = momentum v + gradient + weightDecay w; w = w - rate v}, over batches
 * in an order drawn anew for each epoch, the last smaller one included. Epoch {@code e} of {@code
 * n} has {@code rate = learningRate * batchSize / 256 * (1 + cos(pi e / n)) / 2}. Weights start
 * normal with deviation 0.01, biases at 0; weight decay leaves biases out. Same seed, same result.
 *
 * <p>The protocol of MoCo (He et al., 2020, section 4.1) with lightly's learning rate.
 *
 * @param epochs how often every row is seen, at least 1
 * @param batchSize rows a step, at least 1
 * @param learningRate the rate for a batch of 256, above 0
 * @param momentum in {@code [0, 1)}
 * @param weightDecay at least 0
 * @param standardise whether features are first scaled to mean 0 and deviation 1 over the training
 *     rows; published numbers are without
 * @param seed what the first weights and the order derive from
 */
public record SgdProbe(
    int epochs,
    int batchSize,
    double learningRate,
    double momentum,
    double weightDecay,
    boolean standardise,
    long seed)
    implements LinearProbe {
  /** 100 epochs, as in He et al. (2020), MoCo. */
  public static final int DEFAULT_EPOCHS = 100;

  /** Batches of 256, as in He et al. (2020), MoCo. */
  public static final int DEFAULT_BATCH_SIZE = 256;

  /** Rate 0.1 for a batch of 256, as in lightly's benchmarks. */
  public static final double DEFAULT_LEARNING_RATE = 0.1;

  /** Momentum 0.9, as in He et al. (2020), MoCo. */
  public static final double DEFAULT_MOMENTUM = 0.9;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public SgdProbe {
    Require.atLeastOne("epochs", epochs);
    Require.atLeastOne("batchSize", batchSize);
    Require.positive("learningRate", learningRate);
    Require.decayRate("momentum", momentum);
    Require.atLeastZero("weightDecay", weightDecay);
  }

  /** The published protocol: no weight decay, features as they are. */
  public static SgdProbe defaults(long seed) {
    return new SgdProbe(
        DEFAULT_EPOCHS,
        DEFAULT_BATCH_SIZE,
        DEFAULT_LEARNING_RATE,
        DEFAULT_MOMENTUM,
        0,
        false,
        seed);
  }

  /** The same with another number of epochs. */
  public SgdProbe withEpochs(int number) {
    return new SgdProbe(number, batchSize, learningRate, momentum, weightDecay, standardise, seed);
  }

  @Override
  public LinearClassifier fit(Embeddings training) {
    Labelled labelled = Labelled.of("training rows", training).severalClasses();
    Standardisation scaling = Standardisation.of(training.vectors(), standardise);
    return scaling.unfold(labelled.classes(), train(training.vectors(), labelled, scaling));
  }

  /** The rate of {@code epoch}, counted from 0. */
  double rate(int epoch) {
    return learningRate * batchSize / 256 * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
  }

  private double[] train(float[][] rows, Labelled labelled, Standardisation scaling) {
    int[] labels = labelled.indices();
    int[] order = IntStream.range(0, rows.length).toArray();
    Random random = new Random(seed);
    int classes = labelled.classes().size();
    try (SoftmaxTraining training =
        new SoftmaxTraining(rows[0].length, classes, momentum, weightDecay, random)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        Rows.shuffle(order, random);
        for (int from = 0; from < order.length; from += batchSize) {
          int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
          training.step(
              batch.length,
              i -> scaling.apply(rows[batch[i]]),
              i -> labels[batch[i]],
              (float) rate(epoch));
        }
      }
      return training.parameters();
    }
  }
}
