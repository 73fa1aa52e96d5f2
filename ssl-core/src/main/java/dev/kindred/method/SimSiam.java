package dev.kindred.method;

import dev.kindred.nn.MlpHead;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * SimSiam: BYOL without a momentum branch; the stopped gradient and the predictor keep it from
 * collapse.
 *
 * @param projector the widths of the projector's layers, all with batch normalisation
 * @param predictor the widths of the predictor's layers, the last equal to the projector's
 * @see <a href="https://arxiv.org/abs/2011.10566">Chen and He 2020, Exploring Simple Siamese
 *     Representation Learning</a>
 */
public record SimSiam(List<Integer> projector, List<Integer> predictor) implements Method {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a width is not positive, or predictions and projections
   *     differ in width
   */
  public SimSiam {
    projector = Widths.of("projector", projector);
    predictor = Widths.of("predictor", predictor);
    Widths.requireEqualEnds("predictor", predictor, "projector", projector);
  }

  /** The paper's widths for CIFAR-10. */
  public static SimSiam defaults() {
    return new SimSiam(List.of(2048, 2048), List.of(512, 2048));
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    List<Operand<TFloat32>> own =
        scope.project(ONLINE, new MlpHead(projector, true), views.subList(0, 2));
    List<Operand<TFloat32>> p =
        scope.all(scope.head(ONLINE, "predictor", new MlpHead(predictor, false), own));
    List<Operand<TFloat32>> z = scope.all(own);
    return Objective.of(
        dev.kindred.losses.SimSiam.standard()
            .symmetric(scope.tf(), p.get(0), z.get(1), p.get(1), z.get(0)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("simsiam", this);
  }
}
