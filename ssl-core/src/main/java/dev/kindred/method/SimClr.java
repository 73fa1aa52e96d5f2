package dev.kindred.method;

import dev.kindred.losses.NtXent;
import dev.kindred.nn.MlpHead;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

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
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    return scope.project(ONLINE, projector(scope.dimension()), views.subList(0, 2));
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> projections) {
    return Objective.of(
        NtXent.withTemperature(temperature).of(scope.tf(), projections.get(0), projections.get(1)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("simclr", this);
  }

  private MlpHead projector(int dimension) {
    List<Integer> widths = new ArrayList<>();
    for (int layer = 1; layer < layers; layer++) {
      widths.add(hiddenWidth == AS_ENCODER ? dimension : hiddenWidth);
    }
    widths.add(outputWidth);
    return new MlpHead(widths, true);
  }
}
