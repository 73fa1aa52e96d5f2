package dev.kindred.optim;

import dev.kindred.nn.Parameter;

/** Which parameters weight decay, and layer-wise adaptation where there is one, apply to. */
public enum ParameterScope {
  /** Every trainable parameter, as PyTorch does without parameter groups. */
  ALL {
    @Override
    public boolean covers(Parameter parameter) {
      return true;
    }
  },
  /**
   * Kernels and matrices only; biases and the scales and offsets of normalisation are left out, as
   * most self-supervised recipes ask.
   */
  WEIGHTS_ONLY {
    @Override
    public boolean covers(Parameter parameter) {
      return parameter.role() == Parameter.Role.WEIGHT;
    }
  };

  /** Whether the parameter is within this scope. */
  public abstract boolean covers(Parameter parameter);
}
