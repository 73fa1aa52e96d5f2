package dev.kindred.vision;

import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** A vision transformer with a class token as its paper reads, in loops of doubles. */
final class PlainVit {
  private final Vit vit;
  private final Map<String, double[]> values = new HashMap<>();

  PlainVit(Vit vit, Network network, Session session) {
    this.vit = vit;
    for (Parameter parameter : network.parameters()) {
      try (Result result = session.runner().fetch(parameter.value()).run()) {
        float[] read = new float[Math.toIntExact(parameter.size())];
        result.get(0).asRawTensor().data().asFloats().read(read);
        values.put(
            parameter.path(), IntStream.range(0, read.length).mapToDouble(i -> read[i]).toArray());
      }
    }
  }

  float[] apply(TFloat32 image) {
    double[][] tokens = tokens(image);
    for (int block = 0; block < vit.depth(); block++) {
      String path = "blocks/" + block + "/";
      add(tokens, attention(norm(tokens, path + "norm1"), path + "attn/"));
      double[][] hidden = linear(norm(tokens, path + "norm2"), path + "mlp/fc1");
      for (double[] row : hidden) {
        for (int i = 0; i < row.length; i++) {
          row[i] = gelu(row[i]);
        }
      }
      add(tokens, linear(hidden, path + "mlp/fc2"));
    }
    double[] first = norm(tokens, "norm")[0];
    float[] output = new float[first.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = (float) first[i];
    }
    return output;
  }

  private double[][] tokens(TFloat32 image) {
    int grid = vit.imageSize() / vit.patch();
    int width = vit.dimension();
    double[] kernel = value("patch_embed/kernel");
    double[] bias = value("patch_embed/bias");
    double[] positions = value("pos_embed");
    double[][] tokens = new double[grid * grid + 1][width];
    for (int token = 0; token < tokens.length; token++) {
      for (int unit = 0; unit < width; unit++) {
        double sum =
            token == 0
                ? value("cls_token")[unit]
                : bias[unit] + patch(image, kernel, token - 1, unit);
        tokens[token][unit] = sum + positions[token * width + unit];
      }
    }
    return tokens;
  }

  private double patch(TFloat32 image, double[] kernel, int patch, int unit) {
    int side = vit.patch();
    int grid = vit.imageSize() / side;
    double sum = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int channel = 0; channel < 3; channel++) {
          sum +=
              image.getFloat(0, patch / grid * side + y, patch % grid * side + x, channel)
                  * kernel[((y * side + x) * 3 + channel) * vit.dimension() + unit];
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
    double[] kernel = value(path + "/kernel");
    double[] bias = value(path + "/bias");
    double[][] output = new double[input.length][];
    for (int row = 0; row < input.length; row++) {
      output[row] = bias.clone();
      for (int i = 0; i < input[row].length; i++) {
        for (int unit = 0; unit < bias.length; unit++) {
          output[row][unit] += input[row][i] * kernel[i * bias.length + unit];
        }
      }
    }
    return output;
  }

  private double[][] norm(double[][] input, String path) {
    double[] gamma = value(path + "/gamma");
    double[] beta = value(path + "/beta");
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
    int steps = 400;
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

  private double[] value(String path) {
    return Objects.requireNonNull(values.get(path), path);
  }
}
