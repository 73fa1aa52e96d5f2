package dev.kindred.evaluation;

/** Rules that settings keep. */
final class Settings {
  private Settings() {}

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be >= 1, was %d".formatted(name, value));
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("%s must be > 0, was %s".formatted(name, value));
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("%s must be >= 0, was %s".formatted(name, value));
    }
  }

  static void below(String name, double value, double limit) {
    if (!(value < limit)) {
      throw new IllegalArgumentException("%s must be < %s, was %s".formatted(name, limit, value));
    }
  }
}
