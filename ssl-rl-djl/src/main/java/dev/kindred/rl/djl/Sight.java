package dev.kindred.rl.djl;

import ai.djl.modality.rl.ActionSpace;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * What an agent sees at one step. Its arrays, and whatever the agent computes of them, are freed
 * together, for DJL attaches a result to what it was made of.
 */
final class Sight implements AutoCloseable {
  private final NDManager manager;
  private final NDList observation;
  private final ActionSpace actions;

  Sight(float[] observation, Choices choices, NDManager parent) {
    manager = parent.newSubManager();
    this.observation = new NDList(manager.create(observation));
    actions = choices.all(manager);
  }

  NDList observation() {
    return observation;
  }

  ActionSpace actions() {
    return actions;
  }

  @Override
  public void close() {
    manager.close();
  }
}
