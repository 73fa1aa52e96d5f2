package dev.kindred.method;

import dev.kindred.nn.MlpHead;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * VICReg: the two views of an example agree (invariance), every feature varies over the batch
 * (variance), and no two features say the same (covariance). No negatives, no momentum.
 *
 * @param projector the widths of the projector's layers
 * @param invariance the weight of the first term
 * @param variance the weight of the second
 * @param covariance the weight of the third
 * @see <a href="https://arxiv.org/abs/2105.04906">Bardes et al. 2021, VICReg</a>
 */
public record VicReg(List<Integer> projector, double invariance, double variance, double covariance)
    implements SeparableMethod {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public VicReg {
    projector = Widths.of("projector", projector);
    new dev.kindred.losses.VicReg(invariance, variance, covariance);
  }

  /** The paper's weights, and a projector of 2048-2048-2048. */
  public static VicReg defaults() {
    return new VicReg(List.of(2048, 2048, 2048), 25, 25, 1);
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    return scope.project(ONLINE, new MlpHead(projector, false), views.subList(0, 2));
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> projections) {
    return Objective.of(
        new dev.kindred.losses.VicReg(invariance, variance, covariance)
            .of(scope.tf(), projections.get(0), projections.get(1)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("vicreg", this);
  }
}
