package dev.kindred.vision;

import java.util.stream.IntStream;

/**
 * A vision transformer with a class token as its paper reads, in loops of doubles over tensors in
 * PyTorch's layout: channels first, matrices {@code [out, in]}.
 */
final class PlainVit {
  private final Vit vit;
  private final TorchTensors tensors;

  PlainVit(Vit vit, TorchTensors tensors) {
    this.vit = vit;
    this.tensors = tensors;
  }

  /** The representation of one image {@code [3, height, width]}. */
  double[] apply(double[][][] image) {
    double[][] tokens = tokens(image);
    for (int block = 0; block < vit.depth(); block++) {
      String path = "blocks." + block + ".";
      add(tokens, attention(norm(tokens, path + "norm1"), path + "attn."));
      double[][] hidden = linear(norm(tokens, path + "norm2"), path + "mlp.fc1");
      for (double[] row : hidden) {
        for (int i = 0; i < row.length; i++) {
          row[i] = gelu(row[i]);
        }
      }
      add(tokens, linear(hidden, path + "mlp.fc2"));
    }
    return norm(tokens, "norm")[0];
  }

  private double[][] tokens(double[][][] image) {
    int grid = vit.imageSize() / vit.patch();
    int width = vit.dimension();
    float[] first = tensors.values("cls_token");
    float[] bias = tensors.values("patch_embed.proj.bias");
    float[] positions = tensors.values("pos_embed");
    double[][] tokens = new double[grid * grid + 1][width];
    for (int token = 0; token < tokens.length; token++) {
      for (int unit = 0; unit < width; unit++) {
        double sum = token == 0 ? first[unit] : bias[unit] + patch(image, token - 1, unit);
        tokens[token][unit] = sum + positions[token * width + unit];
      }
    }
    return tokens;
  }

  private double patch(double[][][] image, int patch, int unit) {
    float[] kernel = tensors.values("patch_embed.proj.weight");
    int side = vit.patch();
    int grid = vit.imageSize() / side;
    int next = unit * 3 * side * side;
    double sum = 0;
    for (double[][] plane : image) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          sum += plane[patch / grid * side + y][patch % grid * side + x] * kernel[next++];
        }
      }
    }
    return sum;
  }

  private double[][] attention(double[][] input, String path) {
    int width = vit.dimension();
    int headWidth = width / vit.heads();
    double[][] all = linear(input, path + "qkv");
    double[][] mixed = new double[input.length][width];
    for (int head = 0; head < vit.heads(); head++) {
      for (int token = 0; token < input.length; token++) {
        double[] weights = new double[input.length];
        double sum = 0;
        for (int other = 0; other < input.length; other++) {
          double score = 0;
          for (int i = 0; i < headWidth; i++) {
            int unit = head * headWidth + i;
            score += all[token][unit] * all[other][width + unit];
          }
          weights[other] = Math.exp(score / Math.sqrt(headWidth));
          sum += weights[other];
        }
        for (int other = 0; other < input.length; other++) {
          for (int i = 0; i < headWidth; i++) {
            int unit = head * headWidth + i;
            mixed[token][unit] += weights[other] / sum * all[other][2 * width + unit];
          }
        }
      }
    }
    return linear(mixed, path + "proj");
  }

  private double[][] linear(double[][] input, String path) {
    float[] matrix = tensors.values(path + ".weight");
    float[] bias = tensors.values(path + ".bias");
    double[][] output = new double[input.length][bias.length];
    for (int row = 0; row < input.length; row++) {
      int width = input[row].length;
      for (int unit = 0; unit < bias.length; unit++) {
        double sum = bias[unit];
        for (int i = 0; i < width; i++) {
          sum += input[row][i] * matrix[unit * width + i];
        }
        output[row][unit] = sum;
      }
    }
    return output;
  }

  private double[][] norm(double[][] input, String path) {
    float[] gamma = tensors.values(path + ".weight");
    float[] beta = tensors.values(path + ".bias");
    double[][] output = new double[input.length][gamma.length];
    for (int row = 0; row < input.length; row++) {
      double mean =
          IntStream.range(0, gamma.length).mapToDouble(at(input[row])).average().orElse(0);
      double variance = 0;
      for (double x : input[row]) {
        variance += (x - mean) * (x - mean) / gamma.length;
      }
      for (int i = 0; i < gamma.length; i++) {
        output[row][i] = (input[row][i] - mean) / Math.sqrt(variance + 1e-6) * gamma[i] + beta[i];
      }
    }
    return output;
  }

  private static java.util.function.IntToDoubleFunction at(double[] row) {
    return i -> row[i];
  }

  private static void add(double[][] tokens, double[][] change) {
    for (int row = 0; row < tokens.length; row++) {
      for (int i = 0; i < tokens[row].length; i++) {
        tokens[row][i] += change[row][i];
      }
    }
  }

  /** By the error function's integral, Simpson's rule. */
  private static double gelu(double x) {
    int steps = 100;
    double end = x / Math.sqrt(2);
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = end * i / steps;
      int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-t * t);
    }
    double erf = 2 / Math.sqrt(Math.PI) * sum * end / steps / 3;
    return 0.5 * x * (1 + erf);
  }
}
