package dev.kindred.rl.djl;

import ai.djl.modality.rl.ActionSpace;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.kindred.rl.env.Space;
import java.util.Arrays;

/**
 * Choices as DJL's agents are given them: each a vector of {@code n} numbers that is 1 in its place
 * and 0 elsewhere.
 *
 * @param n how many there are
 */
record Choices(int n) {
  /** The choices of {@code space}. */
  static Choices of(Space<Integer> space) {
    // No other space is one of integers.
    return new Choices(((Space.Discrete) space).n());
  }

  /** All of them, in arrays of {@code manager}. */
  ActionSpace all(NDManager manager) {
    ActionSpace all = new ActionSpace();
    for (int i = 0; i < n; i++) {
      all.add(one(i, manager));
    }
    return all;
  }

  NDList one(int choice, NDManager manager) {
    float[] vector = new float[n];
    vector[choice] = 1;
    return new NDList(manager.create(vector));
  }

  /**
   * Which one {@code action} is.
   *
   * @throws IllegalArgumentException if it is none
   */
  int read(NDList action) {
    float[] vector = action.singletonOrThrow().toFloatArray();
    int choice = 0;
    while (choice < vector.length && vector[choice] != 1) {
      choice++;
    }
    float sum = 0;
    for (float value : vector) {
      sum += Math.abs(value);
    }
    if (vector.length != n || sum != 1 || choice == n) {
      throw new IllegalArgumentException(
          "action must be one of the action space, %d numbers of which one is 1 and the others 0, was %s"
              .formatted(n, Arrays.toString(vector)));
    }
    return choice;
  }
}
