package dev.kindred.method;

import dev.kindred.nn.MlpHead;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Supervised contrastive learning: SimCLR whose positives are all views of all examples of the same
 * class. Needs a label for every example.
 *
 * @param projector the widths of the projector's layers
 * @param temperature the loss's temperature, {@code > 0}
 * @see <a href="https://arxiv.org/abs/2004.11362">Khosla et al. 2020, Supervised Contrastive
 *     Learning</a>
 */
public record SupCon(List<Integer> projector, double temperature) implements SeparableMethod {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public SupCon {
    projector = Widths.of("projector", projector);
    dev.kindred.losses.SupCon.withTemperature(temperature);
  }

  /** A projector of 512-128 and the temperature 0.1, as in the paper. */
  public static SupCon defaults() {
    return new SupCon(List.of(512, 128), dev.kindred.losses.SupCon.DEFAULT_TEMPERATURE);
  }

  /** The same method at another temperature. */
  public SupCon withTemperature(double value) {
    return new SupCon(projector, value);
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    return scope.project(ONLINE, new MlpHead(projector, true), views);
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> projections) {
    Ops tf = scope.tf();
    return Objective.of(
        dev.kindred.losses.SupCon.withTemperature(temperature)
            .of(
                tf,
                tf.concat(projections, tf.constant(0)),
                tf.tile(scope.labels(), tf.constant(new int[] {projections.size()}))));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("supcon", this);
  }
}
