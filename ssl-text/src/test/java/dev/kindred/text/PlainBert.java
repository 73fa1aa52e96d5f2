package dev.kindred.text;

/**
 * BERT as its paper reads, in loops of doubles over tensors in PyTorch's layout: matrices {@code
 * [out, in]}, normalisation after each part, gelu by the error function.
 *
 * @param firstPosition the row of the first place that a text uses
 */
record PlainBert(BertTensors tensors, int depth, int heads, double epsilon, int firstPosition) {
  /** The vectors of a text's pieces, {@code [ids.length][width]}. */
  double[][] apply(int... ids) {
    double[][] x = norm(embedded(ids), "embeddings.LayerNorm");
    for (int layer = 0; layer < depth; layer++) {
      String path = "encoder.layer.%d.".formatted(layer);
      double[][] attended = attention(x, path + "attention.");
      x = norm(sum(x, attended), path + "attention.output.LayerNorm");
      double[][] hidden = linear(x, path + "intermediate.dense");
      for (double[] row : hidden) {
        for (int i = 0; i < row.length; i++) {
          row[i] = gelu(row[i]);
        }
      }
      x = norm(sum(x, linear(hidden, path + "output.dense")), path + "output.LayerNorm");
    }
    return x;
  }

  private double[][] embedded(int... ids) {
    float[] words = tensors.values("embeddings.word_embeddings.weight");
    float[] places = tensors.values("embeddings.position_embeddings.weight");
    float[] segments = tensors.values("embeddings.token_type_embeddings.weight");
    int width = tensors.shape("embeddings.word_embeddings.weight")[1];
    double[][] x = new double[ids.length][width];
    for (int token = 0; token < ids.length; token++) {
      for (int i = 0; i < width; i++) {
        x[token][i] =
            (double) words[ids[token] * width + i]
                + places[(firstPosition + token) * width + i]
                + segments[i];
      }
    }
    return x;
  }

  private double[][] attention(double[][] x, String path) {
    double[][] queries = linear(x, path + "self.query");
    double[][] keys = linear(x, path + "self.key");
    double[][] values = linear(x, path + "self.value");
    int size = x[0].length / heads;
    double[][] mixed = new double[x.length][x[0].length];
    for (int head = 0; head < heads; head++) {
      for (int token = 0; token < x.length; token++) {
        double[] weights = new double[x.length];
        double total = 0;
        for (int other = 0; other < x.length; other++) {
          double score = 0;
          for (int i = head * size; i < (head + 1) * size; i++) {
            score += queries[token][i] * keys[other][i];
          }
          weights[other] = Math.exp(score / Math.sqrt(size));
          total += weights[other];
        }
        for (int other = 0; other < x.length; other++) {
          for (int i = head * size; i < (head + 1) * size; i++) {
            mixed[token][i] += weights[other] / total * values[other][i];
          }
        }
      }
    }
    return linear(mixed, path + "output.dense");
  }

  private double[][] linear(double[][] x, String path) {
    float[] matrix = tensors.values(path + ".weight");
    float[] bias = tensors.values(path + ".bias");
    double[][] y = new double[x.length][bias.length];
    for (int token = 0; token < x.length; token++) {
      for (int unit = 0; unit < bias.length; unit++) {
        y[token][unit] = bias[unit];
        for (int i = 0; i < x[token].length; i++) {
          y[token][unit] += matrix[unit * x[token].length + i] * x[token][i];
        }
      }
    }
    return y;
  }

  private double[][] norm(double[][] x, String path) {
    float[] gamma = tensors.values(path + ".weight");
    float[] beta = tensors.values(path + ".bias");
    double[][] y = new double[x.length][gamma.length];
    for (int token = 0; token < x.length; token++) {
      double mean = 0;
      double variance = 0;
      for (double value : x[token]) {
        mean += value / gamma.length;
      }
      for (double value : x[token]) {
        variance += (value - mean) * (value - mean) / gamma.length;
      }
      for (int i = 0; i < gamma.length; i++) {
        y[token][i] = gamma[i] * (x[token][i] - mean) / Math.sqrt(variance + epsilon) + beta[i];
      }
    }
    return y;
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int row = 0; row < a.length; row++) {
      for (int i = 0; i < a[row].length; i++) {
        sum[row][i] = a[row][i] + b[row][i];
      }
    }
    return sum;
  }

  /** By the error function's series, which converges everywhere. */
  private static double gelu(double x) {
    double z = x / Math.sqrt(2);
    double term = z;
    double series = z;
    for (int n = 1; n < 200; n++) {
      term *= -z * z / n;
      series += term / (2 * n + 1);
    }
    double erf = Math.abs(z) > 5 ? Math.signum(z) : 2 / Math.sqrt(Math.PI) * series;
    return 0.5 * x * (1 + erf);
  }
}
