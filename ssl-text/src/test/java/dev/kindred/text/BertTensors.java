package dev.kindred.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Random tensors with the names, shapes and layouts that Hugging Face's BERT has, in a writer of
 * its own: it shares nothing with what reads them.
 */
final class BertTensors {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Random random;

  private BertTensors(long seed) {
    random = new Random(seed);
  }

  /** A tensor in C order. */
  private record Tensor(int[] shape, float[] values) {}

  static BertTensors of(
      int vocabulary, int width, int depth, int hidden, int positions, int segments, long seed) {
    BertTensors tensors = new BertTensors(seed);
    tensors.normal("embeddings.word_embeddings.weight", 1, vocabulary, width);
    tensors.normal("embeddings.position_embeddings.weight", 0.5, positions, width);
    tensors.normal("embeddings.token_type_embeddings.weight", 0.5, segments, width);
    tensors.scaleAndShift("embeddings.LayerNorm", width);
    for (int layer = 0; layer < depth; layer++) {
      String path = "encoder.layer.%d.".formatted(layer);
      tensors.linear(path + "attention.self.query", width, width);
      tensors.linear(path + "attention.self.key", width, width);
      tensors.linear(path + "attention.self.value", width, width);
      tensors.linear(path + "attention.output.dense", width, width);
      tensors.scaleAndShift(path + "attention.output.LayerNorm", width);
      tensors.linear(path + "intermediate.dense", hidden, width);
      tensors.linear(path + "output.dense", width, hidden);
      tensors.scaleAndShift(path + "output.LayerNorm", width);
    }
    return tensors;
  }

  Set<String> names() {
    return tensors.keySet();
  }

  float[] values(String name) {
    return tensor(name).values();
  }

  int[] shape(String name) {
    return tensor(name).shape();
  }

  BertTensors add(String name, int... shape) {
    normal(name, 1, shape);
    return this;
  }

  BertTensors without(String name) {
    tensors.remove(name);
    return this;
  }

  /** Writes them, renamed, as the format's specification has it. */
  Path write(Path file, UnaryOperator<String> names) throws IOException {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    int end = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      int begin = end;
      end += 4 * entry.getValue().values().length;
      header.append(
          ",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  names.apply(entry.getKey()),
                  Arrays.toString(entry.getValue().shape()),
                  begin,
                  end));
    }
    byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (Tensor tensor : tensors.values()) {
      for (float value : tensor.values()) {
        bytes.putFloat(value);
      }
    }
    return Files.write(file, bytes.array());
  }

  private void linear(String name, int out, int in) {
    normal(name + ".weight", 1.5 / Math.sqrt(in), out, in);
    normal(name + ".bias", 0.2, out);
  }

  private void scaleAndShift(String name, int size) {
    normal(name + ".weight", 0.5, size);
    normal(name + ".bias", 0.2, size);
  }

  private void normal(String name, double std, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (std * random.nextGaussian());
    }
    tensors.put(name, new Tensor(shape, values));
  }

  private Tensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }
}
