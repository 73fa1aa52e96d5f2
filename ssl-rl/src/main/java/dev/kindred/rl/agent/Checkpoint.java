package dev.kindred.rl.agent;

import dev.kindred.embedding.Weights;
import dev.kindred.runtime.KindredException;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.SafeTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** An agent as a safetensors file: its variables by name, and how far it is. */
final class Checkpoint {
  private static final String PROGRESS = "agent/progress";

  /** Counts are split, for a float holds no whole number beyond 2^24 exactly. */
  private static final long BASE = 1 << 20;

  private Checkpoint() {}

  /**
   * How far an agent is.
   *
   * @param steps of the environment
   * @param updates of the weights
   */
  record Progress(long steps, long updates) {}

  static void write(Path file, Weights values, Progress progress) {
    List<NamedTensor> tensors = new ArrayList<>();
    tensors.add(
        new NamedTensor(
            PROGRESS,
            new long[] {4},
            new float[] {
              progress.steps / BASE,
              progress.steps % BASE,
              progress.updates / BASE,
              progress.updates % BASE
            }));
    values.byPath().forEach((path, value) -> tensors.add(named(path, value)));
    SafeTensors.write(file, tensors, Map.of("format", "kindred-agent"));
  }

  private static NamedTensor named(String path, TFloat32 value) {
    float[] copy = new float[Math.toIntExact(value.size())];
    value.copyTo(DataBuffers.of(copy, false, false));
    return new NamedTensor(path, value.shape().asArray(), copy);
  }

  /** Reads a file into {@code into}, which is asked for once all is known to fit. */
  static Progress read(Path file, Weights now, Consumer<Weights> into) {
    Map<String, NamedTensor> read = SafeTensors.read(file);
    NamedTensor progress = require(file, read, PROGRESS, Shape.of(4));
    Map<String, NamedTensor> wanted = new LinkedHashMap<>();
    now.byPath()
        .forEach((path, value) -> wanted.put(path, require(file, read, path, value.shape())));
    if (read.size() != wanted.size() + 1) {
      read.keySet().removeAll(wanted.keySet());
      throw other(file, read.keySet().stream().filter(k -> !k.equals(PROGRESS)).toList() + " more");
    }
    Map<String, TFloat32> tensors = new LinkedHashMap<>();
    wanted.forEach((path, tensor) -> tensors.put(path, tensor(tensor)));
    try (Weights values = new Weights(tensors)) {
      into.accept(values);
    }
    return progress(progress.values());
  }

  private static Progress progress(float[] counts) {
    return new Progress(
        (long) counts[0] * BASE + (long) counts[1], (long) counts[2] * BASE + (long) counts[3]);
  }

  private static TFloat32 tensor(NamedTensor tensor) {
    return TFloat32.tensorOf(
        Shape.of(tensor.shape()), DataBuffers.of(tensor.values(), true, false));
  }

  private static NamedTensor require(
      Path file, Map<String, NamedTensor> read, String path, Shape shape) {
    NamedTensor tensor = read.get(path);
    if (tensor == null) {
      throw other(file, "no " + path);
    }
    if (!Arrays.equals(tensor.shape(), shape.asArray())) {
      throw other(
          file,
          "%s of shape %s instead of %s"
              .formatted(path, Arrays.toString(tensor.shape()), Arrays.toString(shape.asArray())));
    }
    return tensor;
  }

  private static KindredException other(Path file, String what) {
    return new KindredException(
        "%s: is of another agent, it has %s; load it into one of the same settings"
            .formatted(file, what));
  }
}
