package dev.kindred.embedding;

/** Vectors of length 1, whose dot product is the cosine of those they were made of. */
public final class UnitVectors {
  private UnitVectors() {}

  /** The vector of length 1 in the direction of {@code vector}; of a zero vector, itself. */
  public static float[] of(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = (float) (vector[i] * scale);
    }
    return unit;
  }
}
