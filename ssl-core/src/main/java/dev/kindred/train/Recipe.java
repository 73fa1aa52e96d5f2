package dev.kindred.train;

import dev.kindred.method.Method;
import dev.kindred.nn.Encoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.GradientClip;
import dev.kindred.optim.Optimizer;
import dev.kindred.runtime.Precision;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a training step computes.
 *
 * @param method what is minimised
 * @param encoder what is trained
 * @param optimizer how parameters follow their gradients
 * @param clip how gradients are bounded, or null for not at all
 * @param accumulation how many batches make one update
 * @param chunkSize how many examples of a batch are in memory at once, {@code >= 2}, with the
 *     gradient of the whole batch; {@link #WHOLE} for all of them
 * @param precision the arithmetic
 * @param seed what initial values and views derive from
 * @param <V> a view in the graph
 */
public record Recipe<V>(
    Method method,
    Encoder<V> encoder,
    Optimizer optimizer,
    @Nullable GradientClip clip,
    Accumulation accumulation,
    int chunkSize,
    Precision precision,
    long seed) {
  /** The chunk size of a batch that is not cut. */
  public static final int WHOLE = 0;

  /**
   * Checks the chunk size.
   *
   * @throws IllegalArgumentException if it is out of range, or goes together with accumulation
   */
  public Recipe {
    Require.that(
        chunkSize == WHOLE || chunkSize >= 2,
        "chunk size",
        ">= 2, for batch statistics need others",
        chunkSize);
    Require.that(
        chunkSize == WHOLE || accumulation.microBatches() == 1,
        "micro-batches",
        "1 with a chunk size, for chunks accumulate already",
        accumulation.microBatches());
  }

  /** Everything that defines this recipe, in JSON types. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("method", method.settings());
    settings.put("encoder", encoder.settings());
    settings.put("optimizer", optimizer.settings());
    if (clip != null) {
      settings.put("clipNorm", clip.maxNorm());
    }
    settings.put("accumulate", accumulation.microBatches());
    if (chunkSize != WHOLE) {
      settings.put("chunkSize", chunkSize);
    }
    settings.put("precision", precision.name().toLowerCase(java.util.Locale.ROOT));
    settings.put("seed", seed);
    return settings;
  }
}
