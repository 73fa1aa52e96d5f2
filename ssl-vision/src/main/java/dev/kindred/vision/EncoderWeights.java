package dev.kindred.vision;

import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.embedding.WeightsReport;
import dev.kindred.embedding.WeightsSource;
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
 * A safetensors file with the weights of a {@link ResNet} or a {@link Vit}, in the names and
 * layouts of torchvision and timm: trained there and used here, or the other way round.
 *
 * <pre>{@code
 * Pretraining.of(method)...encoder(ResNet.resnet18())
 *     .startFrom(EncoderWeights.of(Path.of("resnet18.safetensors")))
 * }</pre>
 *
 * @param file the file; read by {@link #load}, not before
 * @param partial whether the file may lack some of the encoder's tensors, which then keep their
 *     values, and may have others; classifiers may be there anyway
 */
public record EncoderWeights(Path file, boolean partial) implements WeightsSource {
  /** What the name of such a file ends in. */
  public static final String SUFFIX = ".safetensors";

  private static final String PREFIX = InferenceModel.ENCODER_PATH + "/";

  /** The file with all of an encoder's weights. */
  public static EncoderWeights of(Path file) {
    return new EncoderWeights(file, false);
  }

  /**
   * Writes an encoder's weights and statistics.
   *
   * @param weights as {@link InferenceModel#weights} and {@link
   *     dev.kindred.embedding.SavedEncoder#weights} give them; stay the caller's
   * @return the number of tensors
   * @throws KindredException if the file cannot be written
   */
  public static int write(Path file, Weights weights) {
    List<NamedTensor> tensors = new ArrayList<>();
    weights.byPath().forEach((path, value) -> tensors.add(tensor(path, value)));
    SafeTensors.write(file, tensors, Map.of("format", "pt"));
    return tensors.size();
  }

  /**
   * Takes over the weights and statistics of the file.
   *
   * @throws KindredException if the file is damaged, a shape is another, a value is not finite, or
   *     names are missing or too many and that is not allowed; the model is then as it was
   */
  @Override
  public WeightsReport load(InferenceModel<?> model) {
    Map<String, NamedTensor> tensors = SafeTensors.read(file);
    try (Weights weights = model.weights()) {
      Reading reading = new Reading(file, tensors);
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

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "safetensors");
    settings.put("path", file.toString());
    settings.put("partial", partial);
    return settings;
  }

  private static NamedTensor tensor(String path, TFloat32 value) {
    long[] shape = value.shape().asArray();
    TorchNames.Torch torch = torch(path, shape);
    TorchLayout layout = torch.layout();
    return new NamedTensor(torch.name(), layout.shape(shape), layout.toTorch(shape, floats(value)));
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
      requireFinite(tensor);
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
      Set<String> names = new LinkedHashSet<>(tensors.keySet());
      matched.forEach(line -> names.remove(line.substring(0, line.indexOf(' '))));
      List<String> strange =
          names.stream()
              .filter(name -> !TorchNames.NOT_OF_AN_ENCODER.matcher(name).matches())
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
      return new WeightsReport(matched, missing, List.copyOf(names));
    }

    private static String first(List<String> names) {
      return names.isEmpty() ? "" : " (" + names.get(0) + (names.size() > 1 ? ", ...)" : ")");
    }
  }
}
