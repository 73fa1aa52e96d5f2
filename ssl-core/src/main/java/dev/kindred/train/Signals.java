package dev.kindred.train;

import org.tensorflow.types.TFloat32;

/**
 * What a worker says to all others beside a step; what they said together is the sum.
 *
 * @param stop how many want to stop
 * @param notes how many notes the first worker was told before this step
 */
record Signals(int stop, int notes) {
  static final int COUNT = 2;
  static final Signals NONE = new Signals(0, 0);

  static Signals of(TFloat32 sum) {
    return new Signals(Math.round(sum.getFloat(0)), Math.round(sum.getFloat(1)));
  }

  /** To be fed; the caller closes it. */
  TFloat32 tensor() {
    return TFloat32.vectorOf(stop, notes);
  }
}
