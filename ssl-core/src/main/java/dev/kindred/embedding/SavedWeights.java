package dev.kindred.embedding;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.tensorflow.types.TFloat32;

/** The weights of a saved encoder, for one with the same settings. */
record SavedWeights(Path folder) implements WeightsSource {
  @Override
  public WeightsReport load(InferenceModel<?> model) {
    requireSettings(SavedEncoder.manifest(folder).encoder(), model.encoderSettings());
    try (Weights saved = SavedEncoder.weights(folder, model.views().domain());
        Weights now = model.weights()) {
      List<String> matched =
          now.byPath().entrySet().stream()
              .map(parameter -> matched(saved, parameter.getKey(), parameter.getValue()))
              .toList();
      model.assign(saved);
      return new WeightsReport(matched, List.of(), List.of());
    }
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "saved_encoder");
    settings.put("path", folder.toString());
    return settings;
  }

  private void requireSettings(Map<String, Object> saved, Map<String, Object> wanted) {
    Map<String, Object> now = Json.plain(wanted);
    TreeSet<String> keys = new TreeSet<>(saved.keySet());
    keys.addAll(now.keySet());
    List<String> differing =
        keys.stream().filter(key -> !Objects.equals(saved.get(key), now.get(key))).toList();
    if (!differing.isEmpty()) {
      // Of another kind of network, the kind says all.
      String key = differing.contains("name") ? "name" : differing.get(0);
      throw new KindredException(
          "%s: the encoder there has %s %s, but the one to train %s; train one of the same settings, or start from another"
              .formatted(folder, key, value(saved, key), value(now, key)));
    }
  }

  private static Object value(Map<String, Object> settings, String key) {
    return settings.getOrDefault(key, "none");
  }

  /** Of equal settings another version of this library may have made another network. */
  private String matched(Weights saved, String path, TFloat32 now) {
    TFloat32 value = saved.byPath().get(path);
    if (value == null || !value.shape().equals(now.shape())) {
      throw new KindredException(
          "%s: %s must be of shape %s, %s; save it again with this version"
              .formatted(
                  folder,
                  path,
                  now.shape(),
                  value == null ? "is missing" : "was " + value.shape()));
    }
    return path + " " + now.shape();
  }
}
