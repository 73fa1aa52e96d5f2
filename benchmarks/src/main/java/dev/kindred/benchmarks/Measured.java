package dev.kindred.benchmarks;

import java.util.function.DoubleSupplier;

/** A contestant whose round is one call. */
record Measured(String name, DoubleSupplier round) implements Contestant {
  @Override
  public double measure() {
    return round.getAsDouble();
  }
}
