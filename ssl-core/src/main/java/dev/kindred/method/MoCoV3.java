package dev.kindred.method;

import dev.kindred.losses.InfoNce;
import dev.kindred.nn.MlpHead;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * MoCo v3: the predictions of one view against the momentum branch's projections of the other, in
 * the batch instead of a queue; made for vision transformers and large batches.
 *
 * @param projector the widths of the projector's layers
 * @param predictor the widths of the predictor's layers, the last equal to the projector's
 * @param temperature the loss's temperature, {@code > 0}
 * @param momentum how the momentum branch follows
 * @see <a href="https://arxiv.org/abs/2104.02057">Chen et al. 2021, An Empirical Study of Training
 *     Self-Supervised Vision Transformers</a>
 */
public record MoCoV3(
    List<Integer> projector, List<Integer> predictor, double temperature, Momentum momentum)
    implements Method {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public MoCoV3 {
    projector = Widths.of("projector", projector);
    predictor = Widths.of("predictor", predictor);
    Widths.requireEqualEnds("predictor", predictor, "projector", projector);
    InfoNce.withTemperature(temperature);
  }

  /** The paper's temperature and rising momentum, heads narrow enough for small images. */
  public static MoCoV3 defaults() {
    return new MoCoV3(List.of(2048, 256), List.of(2048, 256), 0.2, Momentum.rising(0.99));
  }

  /** The same method at another temperature. */
  public MoCoV3 withTemperature(double value) {
    return new MoCoV3(projector, predictor, value, momentum);
  }

  /** The same method with another momentum. */
  public MoCoV3 withMomentum(Momentum value) {
    return new MoCoV3(projector, predictor, temperature, value);
  }

  /** {@code 2 T} times each direction's InfoNCE, summed, as in the paper's code. */
  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    List<V> pair = views.subList(0, 2);
    MlpHead project = new MlpHead(projector, true);
    List<Operand<TFloat32>> q =
        scope.all(
            scope.head(
                ONLINE,
                "predictor",
                new MlpHead(predictor, true),
                scope.project(ONLINE, project, pair)));
    List<Operand<TFloat32>> k = scope.all(scope.project(MOMENTUM, project, pair));
    scope.follow(momentum);
    InfoNce loss = InfoNce.withTemperature(temperature);
    Operand<TFloat32> both =
        tf.math.add(loss.of(tf, q.get(0), k.get(1)), loss.of(tf, q.get(1), k.get(0)));
    return Objective.of(tf.math.mul(both, tf.constant((float) (2 * temperature))));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("mocov3", this);
  }
}
