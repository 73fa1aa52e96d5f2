package dev.kindred.rl.replay;

import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A batch of transitions of up to n steps, as tensors that {@link #close} frees; it may be called
 * twice.
 *
 * @param observations before the action: uint8 {@code [batch, stack * channels, height, width]}, or
 *     float32 {@code [batch, size]}
 * @param nextObservations after the last of the steps, in the same form
 * @param actions int32 {@code [batch]}, or float32 {@code [batch, size]}
 * @param rewards the discounted sum of the m steps' rewards, {@code sum of discount^i r_i}, {@code
 *     [batch]}
 * @param discounts what the value of the next observation counts, {@code [batch]}: {@code
 *     discount^m}, and 0 where the episode terminated
 */
public record Transitions(
    TType observations, TType nextObservations, TType actions, TFloat32 rewards, TFloat32 discounts)
    implements AutoCloseable {
  @Override
  public void close() {
    observations.close();
    nextObservations.close();
    actions.close();
    rewards.close();
    discounts.close();
  }
}
