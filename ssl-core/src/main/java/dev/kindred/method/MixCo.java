package dev.kindred.method;

import dev.kindred.data.Mixed;
import dev.kindred.losses.InfoNce;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * MixCo: MoCo, and beside it blends of two examples whose queries are to find both keys, each as
 * much as its share, among the batch's keys and the queue's.
 *
 * @param moco the rest; not symmetric
 * @param mixedTemperature the temperature of the blends' loss, {@code > 0}
 * @param weight what the blends' loss is multiplied by, {@code >= 0}
 * @see <a href="https://arxiv.org/abs/2010.06300">Kim et al. 2020, MixCo: Mix-up Contrastive
 *     Learning for Visual Representation</a>
 */
public record MixCo(MoCo moco, double mixedTemperature, double weight) implements Method {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public MixCo {
    Require.that(!moco.symmetric(), "moco", "not symmetric", moco);
    InfoNce.withTemperature(mixedTemperature);
    Require.atLeastZero("weight", weight);
  }

  /** MoCo's settings in one direction; the blends weigh as much, at the same temperature. */
  public static MixCo defaults() {
    MoCo moco = MoCo.defaults().withSymmetric(false);
    return new MixCo(moco, moco.temperature(), 1);
  }

  @Override
  public void requireBatch(int batchSize) {
    moco.requireBatch(batchSize);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    Queue queue = moco.queue(scope);
    Mixed<V> mixed = scope.mixed(views.get(0));
    List<Operand<TFloat32>> q = moco.queries(scope, List.of(views.get(0), mixed.view()));
    Operand<TFloat32> k = moco.keys(scope, views.subList(1, 2)).get(0);
    queue.add(k);
    Operand<TFloat32> past = queue.added();
    InfoNce loss = InfoNce.withTemperature(mixedTemperature).rows();
    Operand<TFloat32> blended =
        MixedLoss.of(
            tf, mixed.share(), k, keys -> loss.withBatchAndQueue(tf, q.get(1), keys, past));
    Operand<TFloat32> plain = moco.loss().withQueue(tf, q.get(0), k, past);
    return Objective.of(tf.math.add(plain, tf.math.mul(blended, tf.constant((float) weight))))
        .metric("mixed_loss", blended);
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("mixco", this);
  }
}
