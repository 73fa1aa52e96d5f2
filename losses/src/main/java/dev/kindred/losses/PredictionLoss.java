package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A loss of predictions and their targets; no gradient reaches the targets. */
public interface PredictionLoss extends PairLoss {
  /** What becomes of the two directions. */
  Directions directions();

  /**
   * Adds both directions to the graph: each view's prediction of the other view's target.
   *
   * @return a scalar
   * @throws IllegalArgumentException if the shapes are not equal matrices
   */
  default <T extends TFloating> Operand<T> symmetric(
      Ops tf,
      Operand<T> predictions0,
      Operand<T> targets1,
      Operand<T> predictions1,
      Operand<T> targets0) {
    return directions().join(tf, of(tf, predictions0, targets1), of(tf, predictions1, targets0));
  }
}
