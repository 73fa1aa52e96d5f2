package dev.kindred.train;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.embedding.Weights;
import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.exceptions.TensorFlowException;

/** The names of what a run writes, in one folder. */
public record RunFolder(Path path) {
  /** The key under which a configuration says what was loaded; no setting, but found out. */
  static final String STARTED = "started";

  /** Everything resolved, enough to repeat the run. */
  public Path config() {
    return path.resolve("config.json");
  }

  /** One JSON object a line: what the steps and epochs gave. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** The examples that could not be read, with the reasons. */
  public Path skipped() {
    return path.resolve("skipped.tsv");
  }

  /** The saved states that a run goes on from. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The trained encoder. */
  public Path encoder() {
    return path.resolve("encoder");
  }

  /**
   * Values of the newest checkpoint, heads included, which the saved encoder lacks.
   *
   * @param names the parameters' paths, such as {@code online/projector/dense0/kernel}
   * @return the values by those names; the caller closes them
   * @throws KindredException if there is no checkpoint, or it lacks one of them
   */
  public Weights variables(List<String> names) {
    Path newest =
        new Checkpoints(checkpoints())
            .newest()
            .orElseThrow(
                () -> new KindredException(checkpoints() + ": no checkpoint here; train first"));
    try {
      return VariableStore.read(newest.resolve(Checkpoints.VARIABLES), names);
    } catch (TensorFlowException e) {
      throw new KindredException(
          "%s: does not hold %s (%s)".formatted(newest, names, e.getMessage()), e);
    }
  }

  /**
   * Makes the folder for a fresh run and writes its configuration.
   *
   * @throws KindredException if it is a file, cannot be made, or is not empty
   */
  void create(Map<String, Object> config) {
    requireFree();
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(path, e);
    }
    Json.write(config(), config);
  }

  /**
   * Refuses a folder that holds something, before any work is done for it.
   *
   * @throws KindredException if it is a file, cannot be read, or is not empty
   */
  public void requireFree() {
    try {
      requireEmpty();
    } catch (IOException e) {
      throw FileErrors.cannotWrite(path, e);
    }
  }

  /**
   * Refuses a folder that was written by other settings.
   *
   * @return the configuration, with what the run found out when it began
   * @throws KindredException if it has no configuration
   * @throws IllegalArgumentException naming the first setting that differs
   */
  Map<String, Object> requireConfig(Map<String, Object> config) {
    if (!Files.isRegularFile(config())) {
      throw new KindredException(
          path + ": not a run (no config.json in it); give the folder of a run");
    }
    Map<String, Object> written = Json.read(config());
    Map<String, Object> whole = new LinkedHashMap<>(config);
    if (written.get(STARTED) instanceof Map<?, ?> started) {
      whole.put(STARTED, started);
    }
    Map<String, Object> now = Json.plain(whole);
    TreeSet<String> keys = new TreeSet<>(written.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      if (!Objects.equals(written.get(key), now.get(key))) {
        throw new IllegalArgumentException(
            "%s: a run goes on with the settings it began with, but %s was %s and is now %s"
                .formatted(path, key, written.get(key), now.get(key)));
      }
    }
    return whole;
  }

  /** Writes the examples that were skipped. */
  void writeSkipped(Iterable<CorruptExampleException> all) {
    StringBuilder table = new StringBuilder("id\treason\n");
    all.forEach(
        one -> table.append(cell(one.id())).append('\t').append(cell(one.reason())).append('\n'));
    WholeFile.write(skipped(), out -> out.write(table.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private void requireEmpty() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> inside = Files.list(path)) {
      inside
          .findFirst()
          .ifPresent(
              any -> {
                throw new KindredException(
                    "%s: a run needs a new or empty folder, but %s is in it; choose another, or resume"
                            .formatted(path, any.getFileName())
                        + " that run");
              });
    }
  }

  private static String cell(String text) {
    return text.replaceAll("[\\t\\r\\n]+", " ");
  }
}
