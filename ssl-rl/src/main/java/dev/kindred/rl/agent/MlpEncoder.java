package dev.kindred.rl.agent;

import dev.kindred.nn.Activations;
import dev.kindred.nn.Block;
import dev.kindred.nn.Dense;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An encoder of vectors: dense layers, each followed by ReLU. Parameters: {@code layer0/kernel},
 * {@code layer0/bias}, and so on.
 *
 * @param inputs the length of an observation, {@code >= 1}
 * @param widths the widths of the layers; without any, a vector stands for itself
 */
public record MlpEncoder(int inputs, List<Integer> widths) implements TensorEncoder {
  /**
   * Checks the widths.
   *
   * @throws IllegalArgumentException if a width is below 1
   */
  public MlpEncoder {
    Require.atLeastOne("inputs", inputs);
    widths = List.copyOf(widths);
    widths.forEach(width -> Require.atLeastOne("width", width));
  }

  /** Layers of these widths for observations of {@code inputs} numbers. */
  public static MlpEncoder of(int inputs, Integer... widths) {
    return new MlpEncoder(inputs, Arrays.asList(widths));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a vector is not of {@code inputs} numbers
   */
  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
    long size = view.shape().get(view.shape().numDimensions() - 1);
    Require.that(
        size == inputs, "observation", "of the encoder's %d numbers".formatted(inputs), size);
    return layers(widths).apply(scope, view);
  }

  /** Dense layers, each followed by ReLU. */
  static Block layers(List<Integer> widths) {
    Block all = (scope, input) -> input;
    for (int i = 0; i < widths.size(); i++) {
      Block layer = Dense.of(widths.get(i)).withBias().then(Activations.relu());
      all = all.then(layer.named("layer" + i));
    }
    return all;
  }

  /** The same with a linear layer at the end. */
  static Block head(List<Integer> widths, int outputs) {
    return layers(widths).then(Dense.of(outputs).withBias().named("output"));
  }

  @Override
  public int dimension() {
    return widths.isEmpty() ? inputs : widths.get(widths.size() - 1);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "mlp");
    settings.put("inputs", inputs);
    settings.put("widths", widths);
    return settings;
  }
}
