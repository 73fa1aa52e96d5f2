package dev.kindred.train;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * The saved states of a run: one folder {@code step-000000123} each, with the variables and {@code
 * state.json}. A folder appears whole or not at all; the newest {@link #KEPT} stay.
 */
final class Checkpoints {
  /** How many are kept, so that a damaged one does not end a run. */
  static final int KEPT = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String PREFIX = "step-";
  static final String VARIABLES = "variables";
  private static final String STATE = "state.json";

  private final Path folder;

  Checkpoints(Path folder) {
    this.folder = folder;
  }

  /**
   * What {@code state.json} holds.
   *
   * @param progress how far the run was
   * @param sizes the sizes of the other files in bytes, by name
   */
  private record Saved(Progress.State progress, Map<String, Long> sizes) {}

  /**
   * Saves the state after a step.
   *
   * @throws KindredException if it cannot be written; older checkpoints stay
   */
  void write(TrainingStep<?, ?> step, Progress progress) {
    WholeFile.folder(
        folder.resolve(PREFIX + "%09d".formatted(progress.step())),
        temporary -> {
          save(step, temporary);
          Json.write(temporary.resolve(STATE), new Saved(progress.state(), sizes(temporary)));
        });
    all().stream().skip(KEPT).forEach(Checkpoints::delete);
  }

  /**
   * Restores the newest state that is whole; damaged ones are reported and passed over.
   *
   * @throws KindredException if there is none
   */
  Progress restore(TrainingStep<?, ?> step) {
    for (Path checkpoint : all()) {
      try {
        return restore(step, checkpoint);
      } catch (KindredException | TensorFlowException e) {
        LOG.warn("{}: passed over, {}", checkpoint, e.getMessage());
      }
    }
    throw new KindredException(
        folder + ": no checkpoint here is whole; start the run again in a new folder");
  }

  /** The newest state's folder, if there is one. */
  Optional<Path> newest() {
    return all().stream().findFirst();
  }

  private static Progress restore(TrainingStep<?, ?> step, Path checkpoint) {
    Saved saved = Json.read(checkpoint.resolve(STATE), Saved.class);
    requireWhole(checkpoint, saved.sizes());
    step.restore(checkpoint.resolve(VARIABLES));
    return Progress.of(saved.progress());
  }

  private static void requireWhole(Path checkpoint, Map<String, Long> sizes) {
    try {
      Map<String, Long> found = sizes(checkpoint);
      found.remove(STATE);
      if (!found.equals(sizes)) {
        throw new KindredException(
            "%s: damaged, its files should be %s bytes but are %s"
                .formatted(checkpoint, sizes, found));
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(checkpoint, e);
    }
  }

  private static void save(TrainingStep<?, ?> step, Path temporary) throws IOException {
    try {
      step.save(temporary.resolve(VARIABLES));
    } catch (TensorFlowException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Map<String, Long> sizes(Path folder) throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        sizes.put(String.valueOf(file.getFileName()), Files.size(file));
      }
    }
    return sizes;
  }

  /** All states, newest first. */
  private List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(path -> String.valueOf(path.getFileName()).startsWith(PREFIX))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
  }

  private static void delete(Path checkpoint) {
    WholeFile.delete(checkpoint);
  }
}
