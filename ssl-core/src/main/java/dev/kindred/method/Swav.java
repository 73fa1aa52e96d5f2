package dev.kindred.method;

import dev.kindred.losses.SinkhornKnopp;
import dev.kindred.nn.MlpHead;
import dev.kindred.nn.Prototypes;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * SwAV: the cluster assignments of one view, made even over the prototypes by Sinkhorn-Knopp, are
 * foretold from the other views. Takes more than two views: the first two, of full size, have
 * assignments; the others, smaller crops, only foretell.
 *
 * @param projector the widths of the projector's layers
 * @param prototypes the number of prototypes
 * @param temperature the loss's temperature, {@code > 0}
 * @param frozen the share of the run during which the prototypes stay as they are, in {@code [0,
 *     1]}
 * @param queueSize how many past projections take part in the assignments, for batches smaller than
 *     the prototypes; 0 for none
 * @param queueFrom the share of the run after which they do, in {@code [0, 1]}
 * @see <a href="https://arxiv.org/abs/2006.09882">Caron et al. 2020, Unsupervised Learning of
 *     Visual Features by Contrasting Cluster Assignments</a>
 */
public record Swav(
    List<Integer> projector,
    int prototypes,
    double temperature,
    double frozen,
    int queueSize,
    double queueFrom)
    implements Method {
  private static final int CODED = 2;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Swav {
    projector = Widths.of("projector", projector);
    Require.atLeastOne("prototypes", prototypes);
    loss(temperature);
    Require.share("frozen", frozen);
    Require.atLeastZero("queue size", queueSize);
    Require.share("queueFrom", queueFrom);
  }

  /** lightly's settings for CIFAR-10: 512-128, 512 prototypes, T 0.1, frozen for a hundredth. */
  public static Swav defaults() {
    return new Swav(
        List.of(512, 128), 512, dev.kindred.losses.Swav.DEFAULT_TEMPERATURE, 0.01, 0, 0);
  }

  /** The same method at another temperature. */
  public Swav withTemperature(double value) {
    return new Swav(projector, prototypes, value, frozen, queueSize, queueFrom);
  }

  /** The same method with {@code size} past projections, from a share of the run on. */
  public Swav withQueue(int size, double from) {
    return new Swav(projector, prototypes, temperature, frozen, size, from);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> z = scope.project(ONLINE, new MlpHead(projector, false), views);
    Prototypes block = new Prototypes(prototypes, scope.before(frozen));
    List<Operand<TFloat32>> scores = scope.all(scope.head(ONLINE, "prototypes", block, z));
    return Objective.of(loss(temperature).of(tf, scores, codes(scope, block, z, scores)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("swav", this);
  }

  private <V> List<Operand<TFloat32>> codes(
      MethodScope<V> scope,
      Prototypes block,
      List<Operand<TFloat32>> z,
      List<Operand<TFloat32>> scores) {
    Ops tf = scope.tf();
    SinkhornKnopp assignment = SinkhornKnopp.standard();
    List<Operand<TFloat32>> codes = new ArrayList<>();
    for (int view = 0; view < CODED; view++) {
      Operand<TFloat32> ofBatch = assignment.codes(tf, scores.get(view));
      if (queueSize == 0) {
        codes.add(ofBatch);
      } else {
        Queue queue =
            new Queue(scope.branch(ONLINE), "queue" + view, queueSize, Widths.last(projector));
        Operand<TFloat32> past =
            scope.head(ONLINE, "prototypes", block, List.of(queue.added())).get(0);
        queue.add(tf.stopGradient(scope.all(z.get(view))));
        codes.add(
            tf.select(
                scope.before(queueFrom),
                ofBatch,
                first(
                    tf,
                    assignment.codes(
                        tf, tf.concat(List.of(scores.get(view), past), tf.constant(0))),
                    scores.get(view))));
      }
    }
    return codes;
  }

  /** As many of the first rows as {@code like} has. */
  private static Operand<TFloat32> first(Ops tf, Operand<TFloat32> rows, Operand<TFloat32> like) {
    Operand<TInt32> shape = tf.shape(like);
    return tf.slice(rows, tf.zerosLike(shape), shape);
  }

  private static dev.kindred.losses.Swav loss(double temperature) {
    return new dev.kindred.losses.Swav(temperature, SinkhornKnopp.standard());
  }
}
