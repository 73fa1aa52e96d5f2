package dev.kindred.train;

import dev.kindred.method.Method;
import dev.kindred.nn.Encoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.GradientClip;
import dev.kindred.optim.Optimizer;
import dev.kindred.runtime.Precision;
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
    Precision precision,
    long seed) {

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
    settings.put("precision", precision.name().toLowerCase(java.util.Locale.ROOT));
    settings.put("seed", seed);
    return settings;
  }
}
