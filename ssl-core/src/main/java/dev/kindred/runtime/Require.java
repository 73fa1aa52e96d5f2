package dev.kindred.runtime;

/**
 * The ranges that settings must lie in. Each check throws an {@link IllegalArgumentException} that
 * names the setting, the rule and the value; NaN lies in no range.
 */
public final class Require {
  private Require() {}

  /**
   * Any rule.
   *
   * @param holds whether the value keeps it
   * @param name what the caller calls the setting
   * @param rule what it must be, such as {@code "in [0, 1)"}
   * @param value what it was
   * @throws IllegalArgumentException if the rule does not hold
   */
  public static void that(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s, was %s".formatted(name, rule, value));
    }
  }

  /**
   * A count or a size, returned as it is.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public static <N extends Number> N atLeastOne(String name, N value) {
    that(value.longValue() >= 1, name, ">= 1", value);
    return value;
  }

  /**
   * A finite number above zero, returned as it is.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static <N extends Number> N positive(String name, N value) {
    that(finite(value) && value.doubleValue() > 0, name, "finite and > 0", value);
    return value;
  }

  /**
   * A finite number that is not negative, returned as it is.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static <N extends Number> N atLeastZero(String name, N value) {
    that(finite(value) && value.doubleValue() >= 0, name, "finite and >= 0", value);
    return value;
  }

  /**
   * How much of a running value stays at each step, in {@code [0, 1)}.
   *
   * @throws IllegalArgumentException if it is outside
   */
  public static void decayRate(String name, Number value) {
    double rate = value.doubleValue();
    that(rate >= 0 && rate < 1, name, "in [0, 1)", value);
  }

  /**
   * A share or a probability, in {@code [0, 1]}.
   *
   * @throws IllegalArgumentException if it is outside
   */
  public static void share(String name, double value) {
    that(value >= 0 && value <= 1, name, "in [0, 1]", value);
  }

  private static boolean finite(Number value) {
    return Double.isFinite(value.doubleValue());
  }
}
