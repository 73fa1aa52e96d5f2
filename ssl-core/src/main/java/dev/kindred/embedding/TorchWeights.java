package dev.kindred.embedding;

import dev.kindred.runtime.KindredException;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.TorchParameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * An encoder's weights in the names and layouts of one of PyTorch's libraries: read strictly, so
 * that nothing is left as it was without a word, and written.
 *
 * @param names how that library calls the parameters
 */
public record TorchWeights(Names names) {
  private static final String PREFIX = InferenceModel.ENCODER_PATH + "/";

  /** How a library calls the parameters of an encoder. */
  public interface Names {
    /** What the parameter at {@code path} below the encoder, with so many dimensions, is there. */
    TorchParameter of(String path, int dimensions);

    /** Whether a tensor may be there though no encoder has it, such as a classifier's. */
    boolean beyondEncoder(String name);
  }

  /**
   * Gives {@code model} the weights and statistics that were read from a file.
   *
   * @param file where they are from, for messages
   * @param tensors by the names that {@link Names} knows
   * @param partial whether some of the encoder's may be missing, which then keep their values, and
   *     others may be there
   * @throws KindredException if a shape is another, a value is not finite, none is the encoder's,
   *     or names are missing or too many and that is not allowed; the model is then as it was
   */
  public WeightsReport load(
      InferenceModel<?> model, Path file, Map<String, NamedTensor> tensors, boolean partial) {
    try (Weights weights = model.weights()) {
      Reading reading = new Reading(file, tensors, names);
      Map<String, TFloat32> values = new LinkedHashMap<>();
      try {
        weights.byPath().forEach((path, now) -> values.put(path, reading.value(path, now)));
        WeightsReport report = reading.report(partial);
        model.assign(new Weights(values));
        return report;
      } finally {
        values.forEach((path, value) -> closeCopy(value, weights.byPath().get(path)));
      }
    }
  }

  /**
   * The tensors of that library.
   *
   * @param weights as {@link InferenceModel#weights} and {@link SavedEncoder#weights} give them;
   *     stay the caller's
   */
  public List<NamedTensor> tensors(Weights weights) {
    List<NamedTensor> tensors = new ArrayList<>();
    weights
        .byPath()
        .forEach(
            (path, value) -> {
              long[] shape = value.shape().asArray();
              tensors.addAll(parameter(names, path, shape).toTorch(shape, floats(value)));
            });
    return tensors;
  }

  private static TorchParameter parameter(Names names, String path, long[] shape) {
    return names.of(path.substring(PREFIX.length()), shape.length);
  }

  private static void closeCopy(TFloat32 value, @Nullable TFloat32 own) {
    if (value != own) {
      value.close();
    }
  }

  private static float[] floats(TFloat32 value) {
    float[] values = new float[Math.toIntExact(value.size())];
    value.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** A file on its way into a model. */
  private static final class Reading {
    private final Path file;
    private final Map<String, NamedTensor> tensors;
    private final Names names;
    private final Set<String> rest;
    private final List<String> matched = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    /** The names of parameters of which a tensor is missing. */
    private final Set<String> incomplete = new HashSet<>();

    Reading(Path file, Map<String, NamedTensor> tensors, Names names) {
      this.file = file;
      this.tensors = tensors;
      this.names = names;
      this.rest = new LinkedHashSet<>(tensors.keySet());
    }

    /** The value of the parameter at {@code path}, or {@code now} where the file lacks it. */
    TFloat32 value(String path, TFloat32 now) {
      long[] shape = now.shape().asArray();
      TorchParameter parameter = parameter(names, path, shape);
      List<String> lacking =
          parameter.names().stream().filter(name -> !tensors.containsKey(name)).toList();
      if (!lacking.isEmpty()) {
        missing.addAll(lacking);
        incomplete.addAll(parameter.names());
        return now;
      }
      List<NamedTensor> parts =
          parameter.names().stream().map(name -> taken(name, parameter.shape(shape))).toList();
      return TFloat32.tensorOf(
          Shape.of(shape), DataBuffers.of(parameter.fromTorch(shape, parts), false, false));
    }

    private NamedTensor taken(String name, long[] shape) {
      NamedTensor tensor = Objects.requireNonNull(tensors.get(name));
      requireShape(tensor, shape);
      requireFinite(tensor);
      rest.remove(name);
      matched.add(tensor.name() + " " + Arrays.toString(shape));
      return tensor;
    }

    private void requireShape(NamedTensor tensor, long[] expected) {
      if (!Arrays.equals(tensor.shape(), expected)) {
        throw new KindredException(
            "%s: %s has the shape %s, but this encoder needs %s; build the encoder that the file is"
                    .formatted(
                        file,
                        tensor.name(),
                        Arrays.toString(tensor.shape()),
                        Arrays.toString(expected))
                + " of");
      }
    }

    private void requireFinite(NamedTensor tensor) {
      for (float value : tensor.values()) {
        if (!Float.isFinite(value)) {
          throw new KindredException(
              "%s: %s must hold finite numbers, holds %s; take weights that work"
                  .formatted(file, tensor.name(), value));
        }
      }
    }

    WeightsReport report(boolean partial) {
      List<String> strange =
          rest.stream()
              .filter(name -> !names.beyondEncoder(name) && !incomplete.contains(name))
              .toList();
      if (matched.isEmpty()) {
        throw new KindredException(
            "%s: none of this encoder's names is there%s; give the weights of such an encoder"
                .formatted(file, first(missing)));
      }
      if (!partial && !(missing.isEmpty() && strange.isEmpty())) {
        throw new KindredException(
            "%s: not the weights of this encoder: %d of its names are missing%s, %d are strange%s;"
                    .formatted(file, missing.size(), first(missing), strange.size(), first(strange))
                + " build the encoder that the file is of, or allow a part");
      }
      return new WeightsReport(matched, missing, List.copyOf(rest));
    }

    private static String first(List<String> names) {
      return names.isEmpty() ? "" : " (" + names.get(0) + (names.size() > 1 ? ", ...)" : ")");
    }
  }
}
