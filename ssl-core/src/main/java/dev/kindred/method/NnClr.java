package dev.kindred.method;

import dev.kindred.nn.MlpHead;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * NNCLR: a view is drawn to the nearest neighbour of the other view among past projections, so that
 * a positive is more than another crop of the same image.
 *
 * @param projector the widths of the projector's layers
 * @param predictor the widths of the predictor's layers, the last equal to the projector's
 * @param temperature the loss's temperature, {@code > 0}
 * @param supportSize how many past projections there are to choose from; at least a batch
 * @see <a href="https://arxiv.org/abs/2104.14548">Dwibedi et al. 2021, With a Little Help from My
 *     Friends</a>
 */
public record NnClr(
    List<Integer> projector, List<Integer> predictor, double temperature, int supportSize)
    implements Method {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public NnClr {
    projector = Widths.of("projector", projector);
    predictor = Widths.of("predictor", predictor);
    Widths.requireEqualEnds("predictor", predictor, "projector", projector);
    new dev.kindred.losses.NnClr(temperature);
    Require.atLeastOne("support size", supportSize);
  }

  /** lightly's settings for CIFAR-10. */
  public static NnClr defaults() {
    return new NnClr(
        List.of(512, 512, 256),
        List.of(4096, 256),
        dev.kindred.losses.NnClr.DEFAULT_TEMPERATURE,
        4096);
  }

  /** The same method at another temperature. */
  public NnClr withTemperature(double value) {
    return new NnClr(projector, predictor, value, supportSize);
  }

  /** The same method with a support set of another size. */
  public NnClr withSupportSize(int value) {
    return new NnClr(projector, predictor, temperature, value);
  }

  @Override
  public void requireBatch(int batchSize) {
    Require.that(
        supportSize >= batchSize,
        "support size",
        ">= %d, the batch size".formatted(batchSize),
        supportSize);
  }

  /** The mean of both directions; the first view's projections enter the support set. */
  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    Queue support = new Queue(scope.branch(ONLINE), "support", supportSize, Widths.last(projector));
    List<Operand<TFloat32>> own =
        scope.project(ONLINE, new MlpHead(projector, true), views.subList(0, 2));
    List<Operand<TFloat32>> p =
        scope.all(scope.head(ONLINE, "predictor", new MlpHead(predictor, false), own));
    List<Operand<TFloat32>> z = scope.all(own);
    support.add(tf.stopGradient(z.get(0)));
    dev.kindred.losses.NnClr loss = new dev.kindred.losses.NnClr(temperature);
    Operand<TFloat32> both =
        tf.math.add(
            loss.of(tf, z.get(0), p.get(1), support.rows()),
            loss.of(tf, z.get(1), p.get(0), support.rows()));
    return Objective.of(tf.math.mul(both, tf.constant(0.5f)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("nnclr", this);
  }
}
