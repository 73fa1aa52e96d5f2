package dev.kindred.text;

import dev.kindred.runtime.Require;
import dev.kindred.text.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each piece of a vocabulary says, before training: rare ones more than those that are in
 * every text.
 */
public final class PieceWeights {
  private final float[] values;
  private final Map<String, Object> settings;

  private PieceWeights(float[] values, Map<String, Object> settings) {
    this.values = values;
    this.settings = settings;
  }

  /** All alike: 1. */
  public static PieceWeights equal(Tokenizer tokenizer) {
    return equal(tokenizer.size());
  }

  /** The same for so many pieces. */
  static PieceWeights equal(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return new PieceWeights(ones, Map.of("name", "equal"));
  }

  /**
   * The inverse document frequency, {@code log((n + 1) / (df + 1)) ^ power}, {@code df} of {@code
   * n} texts having the piece: 0 for pieces that are in every text, such as a class token, and the
   * most for those that are in none.
   *
   * @param texts read once
   * @param power {@code > 0}; 1 is the usual one
   * @throws IllegalArgumentException if there is no text
   */
  public static PieceWeights inverseDocumentFrequency(
      Tokenizer tokenizer, Iterator<String> texts, double power) {
    Require.positive("power", power);
    int[] frequencies = new int[tokenizer.size()];
    int[] latest = new int[tokenizer.size()];
    int n = 0;
    while (texts.hasNext()) {
      n++;
      for (int id : tokenizer.encode(texts.next()).ids()) {
        if (latest[id] != n) {
          latest[id] = n;
          frequencies[id]++;
        }
      }
    }
    Require.atLeastOne("the number of texts", n);
    float[] values = new float[frequencies.length];
    for (int id = 0; id < values.length; id++) {
      values[id] = (float) Math.pow(Math.log((n + 1.0) / (frequencies[id] + 1)), power);
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "idf");
    settings.put("power", power);
    return new PieceWeights(values, settings);
  }

  /** The number of pieces. */
  int size() {
    return values.length;
  }

  /** By id; not to be changed. */
  float[] values() {
    return values;
  }

  /** Where the weights are from, in JSON types. */
  Map<String, Object> settings() {
    return settings;
  }
}
