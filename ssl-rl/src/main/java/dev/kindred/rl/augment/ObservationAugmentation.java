package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One random change of a batch of observations. What is drawn for an observation holds for all
 * pictures of its stack, or their differences, which show motion, would be noise. An immutable
 * description: applying it adds operations to the graph.
 *
 * <p>The augmentations of this package are records of numbers, and {@link #settings} works for them
 * as they are; an own augmentation states its own settings.
 */
public interface ObservationAugmentation {
  /**
   * Adds the change to the graph.
   *
   * @param frames colours in {@code [0, 1]}, {@code [batch, stack, channels, height, width]}; all
   *     but the batch known
   * @param randomness where every random number comes from; this augmentation's alone
   * @return of the same shape, but that a crop may make them smaller
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> frames, Randomness randomness);

  /** Everything that defines this augmentation, in JSON types; {@code name} is always there. */
  default Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(
        "name",
        getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
    settings.putAll(Json.parse(Json.line(this)));
    return settings;
  }
}
