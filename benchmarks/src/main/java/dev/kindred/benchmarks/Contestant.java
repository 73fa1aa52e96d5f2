package dev.kindred.benchmarks;

/** A piece of work that is measured, alone or beside others. */
public interface Contestant {
  /** What its column is called. */
  String name();

  /** Does one round of the work and returns its figure, in the unit of the race. */
  double measure();

  /** The seconds that {@code work} takes. */
  static double seconds(Runnable work) {
    long started = System.nanoTime();
    work.run();
    return (System.nanoTime() - started) * 1e-9;
  }
}
