package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A random change of pictured observations that leaves what they show as it is. Immutable. */
public interface ObservationAugmentation {
  /**
   * Adds the change to the graph, drawn anew for each example.
   *
   * @param planes {@code [batch, channels, height, width]} in {@code [0, 1]}; the pictures of a
   *     stack are changed alike
   * @return planes of the same shape and range
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> planes, Randomness randomness);
}
