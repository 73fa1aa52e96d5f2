package dev.kindred.vision;

import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.TorchWeights;
import dev.kindred.embedding.Weights;
import dev.kindred.embedding.WeightsReport;
import dev.kindred.embedding.WeightsSource;
import dev.kindred.runtime.KindredException;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.SafeTensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private static final TorchWeights FORMAT = new TorchWeights(new TorchNames());

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
    List<NamedTensor> tensors = FORMAT.tensors(weights);
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
    return FORMAT.load(model, file, SafeTensors.read(file), partial);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "safetensors");
    settings.put("path", file.toString());
    settings.put("partial", partial);
    return settings;
  }
}
