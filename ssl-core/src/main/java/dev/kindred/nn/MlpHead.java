package dev.kindred.nn;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A projector or predictor: dense layers without bias, each followed by batch normalisation and,
 * but for the last, ReLU. Parameters: {@code layer0/kernel}, {@code layer0/bn/gamma}, and so on.
 *
 * @param widths the widths of the layers' outputs, at least one
 * @param normalizeOutput whether batch normalisation follows the last layer too; without it, the
 *     last layer has a bias
 */
public record MlpHead(List<Integer> widths, boolean normalizeOutput) implements Block {
  /**
   * Checks the widths.
   *
   * @throws IllegalArgumentException if there is none, or one is not positive
   */
  public MlpHead {
    widths = List.copyOf(widths);
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("widths must name at least one layer, was empty");
    }
    widths.forEach(width -> Require.atLeastOne("width", width));
  }

  /** A head with batch normalisation at its output, as lightly's SimCLR has. */
  public static MlpHead of(Integer... widths) {
    return new MlpHead(List.of(widths), true);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    List<Block> blocks = new ArrayList<>();
    for (int layer = 0; layer < widths.size(); layer++) {
      blocks.add(layer(layer).named("layer" + layer));
    }
    return blocks.stream().reduce(Block::then).orElseThrow().apply(scope, input);
  }

  /** The widths as people write them, such as {@code 512-128}. */
  public String describe() {
    return IntStream.range(0, widths.size())
        .mapToObj(i -> String.valueOf(widths.get(i)))
        .collect(Collectors.joining("-"));
  }

  private Block layer(int layer) {
    boolean last = layer == widths.size() - 1;
    Dense dense = new Dense(widths.get(layer), last && !normalizeOutput);
    if (last && !normalizeOutput) {
      return dense;
    }
    Block normalized = dense.then(BatchNorm.create().named("bn"));
    return last ? normalized : normalized.then(Activations.relu());
  }
}
