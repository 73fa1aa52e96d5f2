package dev.kindred.method;

import dev.kindred.data.Mixed;
import dev.kindred.losses.InfoNce;
import dev.kindred.nn.MlpHead;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * i-Mix on the N-pair loss: the first view is a blend of two examples, and is to find among the
 * second views both of them, each as much as its share: {@code share l(i) + (1 - share) l(before
 * i)}. Blends make the task harder where data are few or augmentations weak.
 *
 * @param projector the widths of the projector's layers
 * @param temperature the loss's temperature, {@code > 0}
 * @see <a href="https://arxiv.org/abs/2010.08887">Lee et al. 2021, i-Mix: A Domain-Agnostic
 *     Strategy for Contrastive Representation Learning</a>
 */
public record IMix(List<Integer> projector, double temperature) implements Method {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public IMix {
    projector = Widths.of("projector", projector);
    InfoNce.withTemperature(temperature);
  }

  /** The paper's temperature of 0.2, and a projector of 512-128. */
  public static IMix defaults() {
    return new IMix(List.of(512, 128), 0.2);
  }

  /** Only the first view is blended, and only it looks for partners, as in the paper. */
  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Mixed<V> mixed = scope.mixed(views.get(0));
    List<Operand<TFloat32>> z =
        scope.project(ONLINE, new MlpHead(projector, true), List.of(mixed.view(), views.get(1)));
    InfoNce loss = InfoNce.withTemperature(temperature).rows();
    return Objective.of(
        MixedLoss.of(
            scope.tf(), mixed.share(), z.get(1), keys -> loss.of(scope.tf(), z.get(0), keys)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("imix", this);
  }
}
