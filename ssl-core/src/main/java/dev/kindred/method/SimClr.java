package dev.kindred.method;

import dev.kindred.losses.NtXent;
import dev.kindred.losses.Similarity;
import dev.kindred.nn.MlpHead;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * SimCLR: two views of each example are pulled together and pushed away from all other views of the
 * batch, by {@link NtXent} on the output of a projector that is thrown away after training. The
 * plainest contrastive method; it wants large batches (256 and more).
 *
 * @param layers the number of the projector's layers: 2 (SimCLR) or more (SimCLR v2 uses 3)
 * @param hiddenWidth the width of its hidden layers; {@link #AS_ENCODER} for the encoder's own
 * @param outputWidth the width of its output
 * @param temperature the loss's temperature, {@code > 0}
 * @see <a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020, A Simple Framework for
 *     Contrastive Learning of Visual Representations</a>
 */
public record SimClr(int layers, int hiddenWidth, int outputWidth, double temperature)
    implements SeparableMethod {
  /** A hidden width equal to the width of the representation. */
  public static final int AS_ENCODER = 0;

  /** The output width of the paper. */
  public static final int DEFAULT_OUTPUT_WIDTH = 128;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public SimClr {
    Require.atLeastOne("layers", layers);
    if (hiddenWidth < 0) {
      throw new IllegalArgumentException(
          "hiddenWidth must be >= 1, or 0 for the encoder's width, was " + hiddenWidth);
    }
    Require.atLeastOne("outputWidth", outputWidth);
    NtXent.withTemperature(temperature);
  }

  /** The paper's projector of two layers, with batch normalisation as in lightly, and T 0.5. */
  public static SimClr defaults() {
    return new SimClr(2, AS_ENCODER, DEFAULT_OUTPUT_WIDTH, NtXent.DEFAULT_TEMPERATURE);
  }

  /** The same method at another temperature. */
  public SimClr withTemperature(double value) {
    return new SimClr(layers, hiddenWidth, outputWidth, value);
  }

  /** The same method with a projector of another number of layers. */
  public SimClr withLayers(int value) {
    return new SimClr(value, hiddenWidth, outputWidth, temperature);
  }

  @Override
  public int views() {
    return 2;
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    return scope.head(
        ONLINE, "projector", projector(scope.dimension()), scope.encode(ONLINE, views));
  }

  @Override
  public Objective compare(Ops tf, List<Operand<TFloat32>> projections) {
    Operand<TFloat32> first = projections.get(0);
    Operand<TFloat32> second = projections.get(1);
    return Objective.of(NtXent.withTemperature(temperature).of(tf, first, second))
        .metric("contrastive_accuracy", accuracy(tf, first, second));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "simclr");
    settings.put("layers", layers);
    settings.put("hiddenWidth", hiddenWidth);
    settings.put("outputWidth", outputWidth);
    settings.put("temperature", temperature);
    return settings;
  }

  private MlpHead projector(int dimension) {
    List<Integer> widths = new ArrayList<>();
    for (int layer = 1; layer < layers; layer++) {
      widths.add(hiddenWidth == AS_ENCODER ? dimension : hiddenWidth);
    }
    widths.add(outputWidth);
    return new MlpHead(widths, true);
  }

  /** The share of first views that are closer to their own second view than to any other. */
  private static Operand<TFloat32> accuracy(
      Ops tf, Operand<TFloat32> first, Operand<TFloat32> second) {
    Operand<TFloat32> similarity = Similarity.COSINE.matrix(tf, first, second);
    Operand<TInt64> nearest = tf.math.argMax(similarity, tf.constant(1));
    Operand<TInt32> rows = tf.gather(tf.shape(first), tf.constant(0), tf.constant(0));
    Operand<TInt64> own =
        tf.dtypes.cast(tf.range(tf.constant(0), rows, tf.constant(1)), TInt64.class);
    Operand<TFloat32> right = tf.dtypes.cast(tf.math.equal(nearest, own), TFloat32.class);
    return tf.math.mean(right, tf.constant(0));
  }
}
