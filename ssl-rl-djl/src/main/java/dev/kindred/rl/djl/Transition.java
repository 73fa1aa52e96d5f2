package dev.kindred.rl.djl;

import ai.djl.modality.rl.ActionSpace;
import ai.djl.modality.rl.env.RlEnv;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;

/**
 * A step as DJL's agents learn from it. It remembers numbers, and makes arrays when it is asked for
 * them; closed, it frees these and all that was computed of them, and may be asked again.
 */
final class Transition implements RlEnv.Step {
  private final NDManager parent;
  private final Choices choices;
  private final float[] before;
  private final int choice;
  private final float reward;
  private final float[] after;
  private final boolean done;
  private @Nullable NDManager arrays;

  Transition(
      NDManager parent,
      Choices choices,
      float[] before,
      int choice,
      float reward,
      float[] after,
      boolean done) {
    this.parent = parent;
    this.choices = choices;
    this.before = before;
    this.choice = choice;
    this.reward = reward;
    this.after = after;
    this.done = done;
  }

  private NDManager arrays() {
    if (arrays == null) {
      arrays = parent.newSubManager();
    }
    return arrays;
  }

  @Override
  public NDList getPreObservation() {
    return new NDList(arrays().create(before));
  }

  @Override
  public NDList getAction() {
    return choices.one(choice, arrays());
  }

  @Override
  public NDList getPostObservation() {
    return new NDList(arrays().create(after));
  }

  @Override
  public ActionSpace getPostActionSpace() {
    return choices.all(arrays());
  }

  @Override
  public NDArray getReward() {
    return arrays().create(reward);
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public void close() {
    if (arrays != null) {
      arrays.close();
      arrays = null;
    }
  }
}
