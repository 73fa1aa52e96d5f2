package dev.kindred.method;

import dev.kindred.nn.MlpHead;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * BYOL: a predictor on the online branch foretells what the momentum branch makes of the other
 * view. No negatives; predictor and momentum keep it from collapse.
 *
 * @param projector the widths of the projector's layers
 * @param predictor the widths of the predictor's layers, the last equal to the projector's
 * @param momentum how the momentum branch follows
 * @see <a href="https://arxiv.org/abs/2006.07733">Grill et al. 2020, Bootstrap Your Own Latent</a>
 */
public record Byol(List<Integer> projector, List<Integer> predictor, Momentum momentum)
    implements Method {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a width is not positive, or predictions and projections
   *     differ in width
   */
  public Byol {
    projector = Widths.of("projector", projector);
    predictor = Widths.of("predictor", predictor);
    Widths.requireEqualEnds("predictor", predictor, "projector", projector);
  }

  /** lightly's widths for CIFAR-10 (1024-256), and a momentum of 0.99 that rises to 1. */
  public static Byol defaults() {
    return new Byol(List.of(1024, 256), List.of(1024, 256), Momentum.rising(0.99));
  }

  /** The same method with another momentum. */
  public Byol withMomentum(Momentum value) {
    return new Byol(projector, predictor, value);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    List<V> pair = views.subList(0, 2);
    MlpHead project = new MlpHead(projector, false);
    List<Operand<TFloat32>> p =
        scope.all(
            scope.head(
                ONLINE,
                "predictor",
                new MlpHead(predictor, false),
                scope.project(ONLINE, project, pair)));
    List<Operand<TFloat32>> targets = scope.all(scope.project(MOMENTUM, project, pair));
    scope.follow(momentum);
    return Objective.of(
        dev.kindred.losses.Byol.standard()
            .symmetric(scope.tf(), p.get(0), targets.get(1), p.get(1), targets.get(0)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("byol", this);
  }
}
