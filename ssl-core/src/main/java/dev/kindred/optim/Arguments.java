package dev.kindred.optim;

/** The ranges that settings of this package must lie in. NaN lies in none. */
final class Arguments {
  private Arguments() {}

  static float positive(String name, float value) {
    require(Float.isFinite(value) && value > 0, name, "finite and > 0", value);
    return value;
  }

  static float atLeastZero(String name, float value) {
    require(Float.isFinite(value) && value >= 0, name, "finite and >= 0", value);
    return value;
  }

  static float decayRate(String name, float value) {
    require(value >= 0 && value < 1, name, "in [0, 1)", value);
    return value;
  }

  static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s, was %s".formatted(name, rule, value));
    }
  }
}
