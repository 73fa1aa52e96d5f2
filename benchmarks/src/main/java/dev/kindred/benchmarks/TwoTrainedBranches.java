package dev.kindred.benchmarks;

import dev.kindred.losses.Alignment;
import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.Objective;
import dev.kindred.nn.MlpHead;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * BYOL's networks and loss with gradients through both branches, so that the activations of both
 * must be kept: not a method to learn by, but the other end of a comparison.
 *
 * @param projector the widths of both projectors' layers
 * @param predictor the widths of the first branch's predictor, the last equal to the projector's
 */
record TwoTrainedBranches(List<Integer> projector, List<Integer> predictor) implements Method {
  private static final String SECOND = "second";

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    MlpHead project = new MlpHead(projector, false);
    List<Operand<TFloat32>> z = scope.project(ONLINE, project, views);
    List<Operand<TFloat32>> p = scope.head(ONLINE, "predictor", new MlpHead(predictor, false), z);
    List<Operand<TFloat32>> targets = scope.project(SECOND, project, views);
    Alignment distance = Alignment.standard();
    return Objective.of(
        tf.math.add(
            distance.of(tf, p.get(0), targets.get(1)), distance.of(tf, p.get(1), targets.get(0))));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "two-trained-branches", "projector", projector, "predictor", predictor);
  }
}
