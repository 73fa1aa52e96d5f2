package dev.kindred.rl.djl;

import ai.djl.modality.rl.ActionSpace;
import ai.djl.modality.rl.env.RlEnv;
import ai.djl.ndarray.NDList;

/**
 * An environment to be looked at only.
 *
 * @param sight what is seen, which stays the caller's
 */
record Shown(Sight sight) implements RlEnv {
  @Override
  public NDList getObservation() {
    return sight.observation();
  }

  @Override
  public ActionSpace getActionSpace() {
    return sight.actions();
  }

  @Override
  public void reset() {
    throw lookOnly();
  }

  @Override
  public Step step(NDList action, boolean training) {
    throw lookOnly();
  }

  @Override
  public Step[] getBatch() {
    throw lookOnly();
  }

  @Override
  public void close() {}

  private static UnsupportedOperationException lookOnly() {
    return new UnsupportedOperationException(
        "a policy may only look at what it is shown; let the agent act in a KindredRlEnv");
  }
}
