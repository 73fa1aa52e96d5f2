package dev.kindred.rl.agent;

import dev.kindred.optim.AdamW;
import dev.kindred.optim.GradientClip;
import dev.kindred.runtime.Require;
import org.jspecify.annotations.Nullable;

/**
 * How an agent learns from what it remembers: what is common to all. The optimizer is Adam.
 *
 * @param batchSize transitions of an update, {@code >= 1}
 * @param capacity transitions that are remembered, at least {@code batchSize}
 * @param warmup steps of the environment before the first update, {@code >= 0}
 * @param every steps of the environment from one update to the next, {@code >= 1}
 * @param returnSteps how many rewards are summed before a value is asked for, {@code >= 1} (Sutton
 *     1988; arXiv:1710.02298 for deep Q-learning)
 * @param discount what the next step's reward counts, in {@code [0, 1]}
 * @param learningRate Adam's, {@code > 0}
 * @param clip a bound on the norm of all gradients, or none
 * @param target how target networks follow
 */
public record Learning(
    int batchSize,
    int capacity,
    int warmup,
    int every,
    int returnSteps,
    double discount,
    float learningRate,
    @Nullable GradientClip clip,
    TargetUpdate target) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Learning {
    Require.atLeastOne("batch size", batchSize);
    Require.that(
        capacity >= batchSize, "capacity", "at least the batch size of " + batchSize, capacity);
    Require.atLeastZero("warmup", warmup);
    Require.atLeastOne("every", every);
    Require.atLeastOne("return steps", returnSteps);
    Require.share("discount", discount);
    Require.positive("learning rate", learningRate);
  }

  /** The same with other batches. */
  public Learning batchSize(int value) {
    return new Learning(
        value, capacity, warmup, every, returnSteps, discount, learningRate, clip, target);
  }

  /** The same with another memory. */
  public Learning capacity(int value) {
    return new Learning(
        batchSize, value, warmup, every, returnSteps, discount, learningRate, clip, target);
  }

  /** The same with another beginning. */
  public Learning warmup(int value) {
    return new Learning(
        batchSize, capacity, value, every, returnSteps, discount, learningRate, clip, target);
  }

  /** The same with updates at other steps. */
  public Learning every(int value) {
    return new Learning(
        batchSize, capacity, warmup, value, returnSteps, discount, learningRate, clip, target);
  }

  /** The same with longer or shorter returns. */
  public Learning returnSteps(int value) {
    return new Learning(
        batchSize, capacity, warmup, every, value, discount, learningRate, clip, target);
  }

  /** The same with another discount. */
  public Learning discount(double value) {
    return new Learning(
        batchSize, capacity, warmup, every, returnSteps, value, learningRate, clip, target);
  }

  /** The same with another learning rate. */
  public Learning learningRate(float value) {
    return new Learning(
        batchSize, capacity, warmup, every, returnSteps, discount, value, clip, target);
  }

  /** The same with another bound on gradients, or none. */
  public Learning clip(@Nullable GradientClip value) {
    return new Learning(
        batchSize, capacity, warmup, every, returnSteps, discount, learningRate, value, target);
  }

  /** The same with targets that follow otherwise. */
  public Learning target(TargetUpdate value) {
    return new Learning(
        batchSize, capacity, warmup, every, returnSteps, discount, learningRate, clip, value);
  }

  /** Whether it is time for an update after so many steps, with so many transitions remembered. */
  boolean due(long step, int remembered) {
    return step > warmup && step % every == 0 && remembered >= batchSize;
  }

  /** Adam: AdamW that decays nothing. */
  AdamW optimizer() {
    return AdamW.defaults().weightDecay(0);
  }
}
