package dev.kindred.embedding;

import java.util.Map;

/**
 * Weights for an encoder from outside, to start a training from: a saved encoder ({@link
 * SavedEncoder#source}), or a file of another library.
 */
public interface WeightsSource {
  /**
   * Gives {@code model} these weights and statistics.
   *
   * @throws dev.kindred.runtime.KindredException if they cannot be read or are not those of this
   *     encoder, in one line that names the file, the tensor or setting, and what to do; the model
   *     is then as it was
   */
  WeightsReport load(InferenceModel<?> model);

  /** Everything that defines this source, in JSON types; nothing is read for it. */
  Map<String, Object> settings();
}
