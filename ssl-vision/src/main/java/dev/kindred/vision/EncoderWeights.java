package dev.kindred.vision;

import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.runtime.KindredException;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.SafeTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The weights of a {@link ResNet} or a {@link Vit} in safetensors files, with the names and layouts
 * of torchvision and timm: trained there and used here, or the other way round.
 */
public final class EncoderWeights {
  private static final String PREFIX = InferenceModel.ENCODER_PATH + "/";

  private EncoderWeights() {}

  /**
   * What was in a file.
   *
   * @param matched the names that were taken over, with their shapes
   * @param missing the names that the encoder needs and the file lacks; these kept their values
   * @param left the names that the file has beyond the encoder's, such as a classifier's
   */
  public record Report(List<String> matched, List<String> missing, List<String> left) {
    /** Copies the lists. */
    public Report {
      matched = List.copyOf(matched);
      missing = List.copyOf(missing);
      left = List.copyOf(left);
    }
  }

  /**
   * Writes the encoder's weights and statistics.
   *
   * @throws KindredException if the file cannot be written
   */
  public static void write(Path file, InferenceModel<Image> model) {
    try (Weights weights = model.weights()) {
      List<NamedTensor> tensors = new ArrayList<>();
      weights
          .byPath()
          .forEach(
              (path, value) -> {
                long[] shape = value.shape().asArray();
                TorchNames.Torch torch = torch(path, shape);
                tensors.add(
                    new NamedTensor(
                        torch.name(),
                        torch.layout().shape(shape),
                        torch.layout().toTorch(shape, floats(value))));
              });
      SafeTensors.write(file, tensors, Map.of("format", "pt"));
    }
  }

  /**
   * Takes over the weights and statistics of a file.
   *
   * @param partial whether the file may lack some, which then keep their values, and may have
   *     others; classifiers may be there anyway
   * @throws KindredException if the file is damaged, a shape is another, or names are missing or
   *     too many and that is not allowed; the model is then as it was
   */
  public static Report read(Path file, InferenceModel<Image> model, boolean partial) {
    Map<String, NamedTensor> tensors = SafeTensors.read(file);
    try (Weights weights = model.weights()) {
      Reading reading = new Reading(file, tensors);
      Map<String, TFloat32> values = new LinkedHashMap<>();
      try {
        weights.byPath().forEach((path, now) -> values.put(path, reading.value(path, now)));
        Report report = reading.report(partial);
        model.assign(new Weights(values));
        return report;
      } finally {
        values.forEach((path, value) -> closeCopy(value, weights.byPath().get(path)));
      }
    }
  }

  private static void closeCopy(TFloat32 value, @Nullable TFloat32 own) {
    if (value != own) {
      value.close();
    }
  }

  private static TorchNames.Torch torch(String path, long[] shape) {
    return TorchNames.of(path.substring(PREFIX.length()), shape.length);
  }

  private static float[] floats(TFloat32 value) {
    float[] values = new float[Math.toIntExact(value.size())];
    value.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** A file on its way into a model. */
  private record Reading(
      Path file, Map<String, NamedTensor> tensors, List<String> matched, List<String> missing) {
    Reading(Path file, Map<String, NamedTensor> tensors) {
      this(file, tensors, new ArrayList<>(), new ArrayList<>());
    }

    /** The value of the parameter at {@code path}, or {@code now} where the file has none. */
    TFloat32 value(String path, TFloat32 now) {
      long[] shape = now.shape().asArray();
      TorchNames.Torch torch = EncoderWeights.torch(path, shape);
      NamedTensor tensor = tensors.get(torch.name());
      if (tensor == null) {
        missing.add(torch.name());
        return now;
      }
      requireShape(tensor, torch.layout().shape(shape));
      matched.add(torch.name() + " " + Arrays.toString(tensor.shape()));
      return TFloat32.tensorOf(
          Shape.of(shape),
          DataBuffers.of(torch.layout().fromTorch(shape, tensor.values()), false, false));
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

    Report report(boolean partial) {
      Set<String> names = new LinkedHashSet<>(tensors.keySet());
      matched.forEach(line -> names.remove(line.substring(0, line.indexOf(' '))));
      List<String> strange =
          names.stream()
              .filter(name -> !TorchNames.NOT_OF_AN_ENCODER.matcher(name).matches())
              .toList();
      if (!partial && !(missing.isEmpty() && strange.isEmpty())) {
        throw new KindredException(
            "%s: not the weights of this encoder: %d of its names are missing%s, %d are strange%s;"
                    .formatted(file, missing.size(), first(missing), strange.size(), first(strange))
                + " build the encoder that the file is of, or allow a part");
      }
      return new Report(matched, missing, List.copyOf(names));
    }

    private static String first(List<String> names) {
      return names.isEmpty() ? "" : " (" + names.get(0) + (names.size() > 1 ? ", ...)" : ")");
    }
  }
}
