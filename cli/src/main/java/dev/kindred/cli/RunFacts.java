package dev.kindred.cli;

import dev.kindred.runtime.Json;
import dev.kindred.train.RunFolder;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the head of a report says of a run. */
final class RunFacts {
  private RunFacts() {}

  /**
   * The options, and what the encoder was made with.
   *
   * @throws dev.kindred.runtime.KindredException if the run is not finished
   */
  static Map<String, String> of(RunFolder run, TrainingOptions options) {
    Map<String, String> facts = new LinkedHashMap<>();
    OptionMap.of(options).forEach((name, value) -> facts.put(name, String.valueOf(value)));
    facts.putAll(versions(run));
    return facts;
  }

  /**
   * What the encoder was made with.
   *
   * @throws dev.kindred.runtime.KindredException if the run is not finished
   */
  static Map<String, String> versions(RunFolder run) {
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, Object> provenance = Json.read(run.encoder().resolve("kindred.json"));
    if (provenance.get("provenance") instanceof Map<?, ?> made
        && made.get("versions") instanceof Map<?, ?> versions) {
      versions.forEach((name, value) -> facts.put(name + " version", String.valueOf(value)));
    }
    return facts;
  }
}
