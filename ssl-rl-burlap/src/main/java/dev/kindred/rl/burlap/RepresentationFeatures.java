package dev.kindred.rl.burlap;

import burlap.behavior.functionapproximation.dense.DenseStateFeatures;
import burlap.mdp.core.state.State;

/**
 * The features of a {@link Representation}: its numbers, and perhaps a 1 after them, whose weight
 * is the bias of a linear value function.
 *
 * @param bias whether there is that 1
 */
public record RepresentationFeatures(boolean bias) implements DenseStateFeatures {
  /** The representation itself. */
  public static RepresentationFeatures plain() {
    return new RepresentationFeatures(false);
  }

  /** The representation and a 1. */
  public static RepresentationFeatures withBias() {
    return new RepresentationFeatures(true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the state is no {@link Representation}
   */
  @Override
  public double[] features(State state) {
    if (!(state instanceof Representation seen)) {
      throw new IllegalArgumentException(
          "state must be a Representation, was a %s; take states of a KindredEnvironment"
              .formatted(state.getClass().getName()));
    }
    float[] values = seen.values();
    double[] features = new double[values.length + (bias ? 1 : 0)];
    for (int i = 0; i < values.length; i++) {
      features[i] = values[i];
    }
    if (bias) {
      features[values.length] = 1;
    }
    return features;
  }

  /** This one, for it never changes. */
  @Override
  public DenseStateFeatures copy() {
    return this;
  }
}
