package dev.kindred.vision;

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
import java.util.stream.Collectors;

/**
 * Random tensors with the names, shapes and layouts that torchvision and timm have, in a writer of
 * its own: it shares nothing with what reads them.
 */
final class TorchTensors {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Random random;

  private TorchTensors(long seed) {
    random = new Random(seed);
  }

  /** A tensor in C order. */
  private record Tensor(int[] shape, float[] values) {}

  /**
   * torchvision's ResNet, with its classifier and its counters of batches.
   *
   * @param blocks the number of blocks of each stage
   * @param stem the side of the first convolution
   */
  static TorchTensors resNet(int[] blocks, boolean bottleneck, int width, int stem, long seed) {
    TorchTensors tensors = new TorchTensors(seed);
    tensors.convolution("conv1", width, 3, stem);
    tensors.batchNorm("bn1", width);
    int in = width;
    for (int stage = 0; stage < blocks.length; stage++) {
      int channels = width << stage;
      int out = bottleneck ? 4 * channels : channels;
      for (int block = 0; block < blocks[stage]; block++) {
        String path = "layer%d.%d.".formatted(stage + 1, block);
        tensors.convolution(path + "conv1", channels, in, bottleneck ? 1 : 3);
        tensors.batchNorm(path + "bn1", channels);
        tensors.convolution(path + "conv2", channels, channels, 3);
        tensors.batchNorm(path + "bn2", channels);
        if (bottleneck) {
          tensors.convolution(path + "conv3", out, channels, 1);
          tensors.batchNorm(path + "bn3", out);
        }
        if (block == 0 && (stage > 0 || in != out)) {
          tensors.convolution(path + "downsample.0", out, in, 1);
          tensors.batchNorm(path + "downsample.1", out);
        }
        in = out;
      }
    }
    tensors.linear("fc", 10, in);
    return tensors;
  }

  /** timm's vision transformer with a class token, with its classifier. */
  static TorchTensors vit(int dimension, int depth, int patch, int patches, long seed) {
    TorchTensors tensors = new TorchTensors(seed);
    tensors.normal("cls_token", 0.5, 1, 1, dimension);
    tensors.normal("pos_embed", 0.5, 1, patches + 1, dimension);
    tensors.normal("patch_embed.proj.weight", 0.2, dimension, 3, patch, patch);
    tensors.normal("patch_embed.proj.bias", 0.2, dimension);
    for (int block = 0; block < depth; block++) {
      String path = "blocks.%d.".formatted(block);
      tensors.scaleAndShift(path + "norm1", dimension);
      tensors.linear(path + "attn.qkv", 3 * dimension, dimension);
      tensors.linear(path + "attn.proj", dimension, dimension);
      tensors.scaleAndShift(path + "norm2", dimension);
      tensors.linear(path + "mlp.fc1", 4 * dimension, dimension);
      tensors.linear(path + "mlp.fc2", dimension, 4 * dimension);
    }
    tensors.scaleAndShift("norm", dimension);
    tensors.linear("head", 10, dimension);
    return tensors;
  }

  float[] values(String name) {
    return tensor(name).values();
  }

  int[] shape(String name) {
    return tensor(name).shape();
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** The names of all that an encoder has. */
  java.util.Set<String> ofEncoder() {
    return tensors.keySet().stream()
        .filter(name -> !name.matches("(fc|head)\\..*|.*num_batches_tracked"))
        .collect(Collectors.toSet());
  }

  /** Writes them as the format's specification has it. */
  Path write(Path file) throws IOException {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    int end = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      int begin = end;
      end += 4 * entry.getValue().values().length;
      header.append(
          ",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(entry.getKey(), Arrays.toString(entry.getValue().shape()), begin, end));
    }
    byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    tensors
        .values()
        .forEach(
            tensor -> {
              for (float value : tensor.values()) {
                bytes.putFloat(value);
              }
            });
    return Files.write(file, bytes.array());
  }

  private void convolution(String name, int out, int in, int side) {
    normal(name + ".weight", Math.sqrt(2.0 / (in * side * side)), out, in, side, side);
  }

  private void batchNorm(String name, int channels) {
    scaleAndShift(name, channels);
    normal(name + ".running_mean", 0.3, channels);
    uniform(name + ".running_var", 0.5, 2, channels);
    uniform(name + ".num_batches_tracked", 1, 1);
  }

  private void scaleAndShift(String name, int size) {
    uniform(name + ".weight", 0.5, 1.5, size);
    normal(name + ".bias", 0.2, size);
  }

  private void linear(String name, int out, int in) {
    normal(name + ".weight", 1 / Math.sqrt(in), out, in);
    normal(name + ".bias", 0.2, out);
  }

  private void normal(String name, double std, int... shape) {
    float[] values = new float[size(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (std * random.nextGaussian());
    }
    tensors.put(name, new Tensor(shape, values));
  }

  private void uniform(String name, double low, double high, int... shape) {
    float[] values = new float[size(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    tensors.put(name, new Tensor(shape, values));
  }

  private static int size(int... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private Tensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }
}
