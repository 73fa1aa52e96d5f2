package dev.kindred.cli;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.RunFolder;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run was started by.
 *
 * @param run the run
 * @param command such as {@code pretrain images}; empty if another program started it
 * @param options its options, all settled
 */
record RunOrigin(RunFolder run, String command, Map<String, Object> options) {
  /**
   * Reads what a run keeps of its start.
   *
   * @throws KindredException if the folder is no run
   */
  static RunOrigin read(RunFolder run) {
    if (!Files.isRegularFile(run.config())) {
      throw new KindredException(
          run.path() + ": not a run (no config.json in it); give the folder of a run");
    }
    Map<String, Object> options = new LinkedHashMap<>();
    if (Json.read(run.config()).get("origin") instanceof Map<?, ?> origin
        && origin.get("options") instanceof Map<?, ?> saved) {
      saved.forEach((key, value) -> options.put(String.valueOf(key), value));
      return new RunOrigin(run, String.valueOf(origin.get("command")), options);
    }
    return new RunOrigin(run, "", options);
  }

  /**
   * This.
   *
   * @throws KindredException if another command started the run
   */
  RunOrigin require(String wanted) {
    if (!command.equals(wanted)) {
      throw new KindredException(
          "%s: was not started by kindred %s; go on with the program that started it"
              .formatted(run.path(), wanted));
    }
    return this;
  }

  /** {@code holder}, with the values that the run's options had. */
  <T> T fill(T holder) {
    OptionMap.fill(holder, options, run.config().toString(), null);
    return holder;
  }
}
