package dev.kindred.vision;

/**
 * A residual network for evaluation as its paper and torchvision have it, in loops of doubles over
 * tensors in PyTorch's layout: channels first, kernels {@code [out, in, height, width]}.
 */
final class PlainResNet {
  private final TorchTensors tensors;

  PlainResNet(TorchTensors tensors) {
    this.tensors = tensors;
  }

  /** The representation of one image {@code [3, height, width]}. */
  double[] apply(double[][][] image) {
    boolean classic = tensors.shape("conv1.weight")[2] == 7;
    double[][][] x = relu(convNorm(image, "conv1", "bn1", classic ? 2 : 1));
    x = classic ? maximum(x) : x;
    for (int stage = 1; stage <= 4; stage++) {
      for (int block = 0; tensors.has("layer%d.%d.conv1.weight".formatted(stage, block)); block++) {
        int stride = stage > 1 && block == 0 ? 2 : 1;
        x = residual(x, "layer%d.%d.".formatted(stage, block), stride);
      }
    }
    double[] means = new double[x.length];
    for (int channel = 0; channel < means.length; channel++) {
      for (double[] row : x[channel]) {
        for (double value : row) {
          means[channel] += value / (row.length * x[channel].length);
        }
      }
    }
    return means;
  }

  private double[][][] residual(double[][][] input, String path, int stride) {
    boolean bottleneck = tensors.has(path + "conv3.weight");
    double[][][] x = relu(convNorm(input, path + "conv1", path + "bn1", bottleneck ? 1 : stride));
    x = convNorm(x, path + "conv2", path + "bn2", bottleneck ? stride : 1);
    x = bottleneck ? convNorm(relu(x), path + "conv3", path + "bn3", 1) : x;
    double[][][] shortcut =
        tensors.has(path + "downsample.0.weight")
            ? convNorm(input, path + "downsample.0", path + "downsample.1", stride)
            : input;
    for (int channel = 0; channel < x.length; channel++) {
      for (int row = 0; row < x[channel].length; row++) {
        for (int column = 0; column < x[channel][row].length; column++) {
          x[channel][row][column] += shortcut[channel][row][column];
        }
      }
    }
    return relu(x);
  }

  /** A convolution with zeros around, half its side each, and normalisation by what was running. */
  private double[][][] convNorm(double[][][] input, String conv, String norm, int stride) {
    float[] kernel = tensors.values(conv + ".weight");
    int[] shape = tensors.shape(conv + ".weight");
    int side = shape[2];
    int rows = (input[0].length - 1) / stride + 1;
    int columns = (input[0][0].length - 1) / stride + 1;
    double[][][] output = new double[shape[0]][rows][columns];
    for (int channel = 0; channel < shape[0]; channel++) {
      double deviation = Math.sqrt(tensors.values(norm + ".running_var")[channel] + 1e-5);
      double scale = tensors.values(norm + ".weight")[channel] / deviation;
      double mean = tensors.values(norm + ".running_mean")[channel];
      double shift = tensors.values(norm + ".bias")[channel];
      int from = channel * shape[1] * side * side;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int top = row * stride - side / 2;
          int left = column * stride - side / 2;
          double sum = window(input, kernel, from, side, top, left);
          output[channel][row][column] = (sum - mean) * scale + shift;
        }
      }
    }
    return output;
  }

  private static double window(
      double[][][] input, float[] kernel, int from, int side, int top, int left) {
    double sum = 0;
    int next = from;
    for (double[][] plane : input) {
      for (int y = top; y < top + side; y++) {
        for (int x = left; x < left + side; x++) {
          boolean inside = y >= 0 && y < plane.length && x >= 0 && x < plane[0].length;
          sum += inside ? plane[y][x] * kernel[next] : 0;
          next++;
        }
      }
    }
    return sum;
  }

  private static double[][][] maximum(double[][][] input) {
    int rows = (input[0].length - 1) / 2 + 1;
    int columns = (input[0][0].length - 1) / 2 + 1;
    double[][][] output = new double[input.length][rows][columns];
    for (int channel = 0; channel < input.length; channel++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          output[channel][row][column] = maximum(input[channel], 2 * row - 1, 2 * column - 1);
        }
      }
    }
    return output;
  }

  private static double maximum(double[][] plane, int top, int left) {
    double maximum = Double.NEGATIVE_INFINITY;
    for (int y = Math.max(0, top); y < Math.min(plane.length, top + 3); y++) {
      for (int x = Math.max(0, left); x < Math.min(plane[0].length, left + 3); x++) {
        maximum = Math.max(maximum, plane[y][x]);
      }
    }
    return maximum;
  }

  private static double[][][] relu(double[][][] x) {
    for (double[][] plane : x) {
      for (double[] row : plane) {
        for (int i = 0; i < row.length; i++) {
          row[i] = Math.max(0, row[i]);
        }
      }
    }
    return x;
  }
}
