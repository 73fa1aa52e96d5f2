package dev.kindred.text;

import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.TorchWeights;
import dev.kindred.embedding.WeightsReport;
import dev.kindred.embedding.WeightsSource;
import dev.kindred.runtime.KindredException;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.SafeTensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of a folder of Hugging Face's, for the encoder that its configuration describes. */
record BertWeights(Path file, BertConfig config, boolean partial) implements WeightsSource {
  /** Its name in a folder. */
  static final String FILE = "model.safetensors";

  static final TorchWeights FORMAT = new TorchWeights(new BertNames());

  @Override
  public WeightsReport load(InferenceModel<?> model) {
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    SafeTensors.read(file).forEach((name, tensor) -> put(tensors, tensor));
    tensors.computeIfPresent(BertNames.POSITIONS, (name, all) -> usedPositions(all));
    tensors.computeIfPresent(BertNames.SEGMENTS, (name, all) -> bothSegments(all));
    return FORMAT.load(model, file, tensors, partial);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "bert_folder");
    settings.put("path", file.toString());
    settings.put("partial", partial);
    return settings;
  }

  private void put(Map<String, NamedTensor> tensors, NamedTensor tensor) {
    NamedTensor other = tensors.put(BertNames.canonical(tensor.name()), tensor);
    if (other != null) {
      throw new KindredException(
          "%s: %s and %s are one parameter; keep the right one"
              .formatted(file, other.name(), tensor.name()));
    }
  }

  private NamedTensor usedPositions(NamedTensor all) {
    requireShape(all, config.positions());
    return rows(all, config.unused(), config.length());
  }

  /** A text is all the first segment, so that what the second has changes nothing. */
  private NamedTensor bothSegments(NamedTensor all) {
    requireShape(all, config.segments());
    return rows(all, 0, TextTransformer.SEGMENTS);
  }

  private NamedTensor rows(NamedTensor all, int first, int count) {
    int width = config.dimension();
    return new NamedTensor(
        all.name(),
        new long[] {count, width},
        Arrays.copyOfRange(all.values(), first * width, (first + count) * width));
  }

  private void requireShape(NamedTensor tensor, int rows) {
    long[] expected = {rows, config.dimension()};
    if (!Arrays.equals(tensor.shape(), expected)) {
      throw new KindredException(
          "%s: %s has the shape %s, but %s beside it says %s; take both from one model"
              .formatted(
                  file,
                  tensor.name(),
                  Arrays.toString(tensor.shape()),
                  BertConfig.FILE,
                  Arrays.toString(expected)));
    }
  }
}
