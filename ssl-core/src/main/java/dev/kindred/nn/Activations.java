package dev.kindred.nn;

/** Element-wise functions as blocks. */
public final class Activations {
  private Activations() {}

  /** {@code max(0, x)}. */
  public static Block relu() {
    return (scope, input) -> scope.tf().nn.relu(input);
  }
}
