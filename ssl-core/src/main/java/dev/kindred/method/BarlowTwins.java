package dev.kindred.method;

import dev.kindred.nn.MlpHead;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Barlow Twins: the correlations between the features of two views become the identity. No
 * negatives, no momentum; it wants a wide projector.
 *
 * @param projector the widths of the projector's layers
 * @param lambda the weight of the correlations between different features, {@code > 0}
 * @param scale what the loss is multiplied by, {@code > 0}
 * @see <a href="https://arxiv.org/abs/2103.03230">Zbontar et al. 2021, Barlow Twins</a>
 */
public record BarlowTwins(List<Integer> projector, double lambda, double scale)
    implements SeparableMethod {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public BarlowTwins {
    projector = Widths.of("projector", projector);
    loss(lambda, scale);
  }

  /** lightly's widths for CIFAR-10 (2048-2048), and the scale of solo-learn, 0.1. */
  public static BarlowTwins defaults() {
    return new BarlowTwins(List.of(2048, 2048), dev.kindred.losses.BarlowTwins.DEFAULT_LAMBDA, 0.1);
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    return scope.project(ONLINE, new MlpHead(projector, false), views.subList(0, 2));
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> projections) {
    return Objective.of(loss(lambda, scale).of(scope.tf(), projections.get(0), projections.get(1)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("barlow-twins", this);
  }

  private static dev.kindred.losses.BarlowTwins loss(double lambda, double scale) {
    return new dev.kindred.losses.BarlowTwins(
        lambda, scale, dev.kindred.losses.BarlowTwins.DEFAULT_EPSILON);
  }
}
