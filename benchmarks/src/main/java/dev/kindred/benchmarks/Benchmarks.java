package dev.kindred.benchmarks;

import java.io.IOException;

/** Runs the JMH benchmarks of this module; takes JMH's own arguments, {@code -h} lists them. */
public final class Benchmarks {
  private Benchmarks() {}

  /** States the machine, then hands over to JMH. */
  public static void main(String... arguments) throws IOException {
    System.out.println(Machine.describe());
    org.openjdk.jmh.Main.main(arguments);
  }
}
