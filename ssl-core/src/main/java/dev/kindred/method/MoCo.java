package dev.kindred.method;

import dev.kindred.losses.InfoNce;
import dev.kindred.nn.Activations;
import dev.kindred.nn.Block;
import dev.kindred.nn.Dense;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * MoCo v2: each query is told from the keys of past batches, which a momentum branch made and a
 * queue keeps; so the number of negatives does not depend on the batch.
 *
 * @param hiddenWidth the width of the projector's hidden layer
 * @param outputWidth the width of its output
 * @param temperature the loss's temperature, {@code > 0}
 * @param queueSize how many keys are kept; at least a batch
 * @param momentum how the momentum branch follows
 * @param symmetric whether both views are queries and both are keys; the loss is then the mean of
 *     the two directions
 * @param normGroups into how many groups, each with batch statistics of its own, a view is cut;
 *     along the batch for queries, across it for keys, in place of the paper's shuffling over
 *     devices; 1 for statistics of the whole batch
 * @see <a href="https://arxiv.org/abs/2003.04297">Chen et al. 2020, Improved Baselines with
 *     Momentum Contrastive Learning</a>
 */
public record MoCo(
    int hiddenWidth,
    int outputWidth,
    double temperature,
    int queueSize,
    Momentum momentum,
    boolean symmetric,
    int normGroups)
    implements Method {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public MoCo {
    Require.atLeastOne("hiddenWidth", hiddenWidth);
    Require.atLeastOne("outputWidth", outputWidth);
    InfoNce.withTemperature(temperature);
    Require.atLeastOne("queue size", queueSize);
    Require.atLeastOne("norm groups", normGroups);
  }

  /** lightly's settings for CIFAR-10: 512-128, T 0.1, 4,096 keys, momentum 0.99, symmetric. */
  public static MoCo defaults() {
    return new MoCo(512, 128, 0.1, 4096, Momentum.constant(0.99), true, 1);
  }

  /** The same method at another temperature. */
  public MoCo withTemperature(double value) {
    return new MoCo(hiddenWidth, outputWidth, value, queueSize, momentum, symmetric, normGroups);
  }

  /** The same method with a queue of another size. */
  public MoCo withQueueSize(int value) {
    return new MoCo(hiddenWidth, outputWidth, temperature, value, momentum, symmetric, normGroups);
  }

  /** The same method with another momentum. */
  public MoCo withMomentum(Momentum value) {
    return new MoCo(hiddenWidth, outputWidth, temperature, queueSize, value, symmetric, normGroups);
  }

  /** The same method in both directions, or in one. */
  public MoCo withSymmetric(boolean value) {
    return new MoCo(hiddenWidth, outputWidth, temperature, queueSize, momentum, value, normGroups);
  }

  /** The same method with batch statistics of so many groups. */
  public MoCo withNormGroups(int value) {
    return new MoCo(hiddenWidth, outputWidth, temperature, queueSize, momentum, symmetric, value);
  }

  @Override
  public void requireBatch(int batchSize) {
    int keys = symmetric ? 2 * batchSize : batchSize;
    Require.that(
        queueSize >= keys, "queue size", ">= %d, the keys of one batch".formatted(keys), queueSize);
    Require.that(
        batchSize % normGroups == 0,
        "batch size",
        "a multiple of %d, the groups of batch statistics".formatted(normGroups),
        batchSize);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    Queue queue = queue(scope);
    InfoNce loss = loss();
    List<V> pair = views.subList(0, 2);
    List<Operand<TFloat32>> q = scope.all(queries(scope, symmetric ? pair : pair.subList(0, 1)));
    List<Operand<TFloat32>> k = scope.all(keys(scope, symmetric ? pair : pair.subList(1, 2)));
    queue.add(symmetric ? tf.concat(k, tf.constant(0)) : k.get(0));
    Operand<TFloat32> past = queue.added();
    if (!symmetric) {
      return Objective.of(loss.withQueue(tf, q.get(0), k.get(0), past));
    }
    Operand<TFloat32> both =
        tf.math.add(
            loss.withQueue(tf, q.get(0), k.get(1), past),
            loss.withQueue(tf, q.get(1), k.get(0), past));
    return Objective.of(tf.math.mul(both, tf.constant(0.5f)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("moco", this);
  }

  /**
   * The keys of past batches. A query is compared with those that are there, at first none: beside
   * noise, with which the authors' queue starts, a short run with a high rate learns to tell noise
   * from images, and nothing else.
   */
  Queue queue(MethodScope<?> scope) {
    return new Queue(scope.branch(MOMENTUM), "queue", queueSize, outputWidth);
  }

  InfoNce loss() {
    return InfoNce.withTemperature(temperature);
  }

  <V> List<Operand<TFloat32>> queries(MethodScope<V> scope, List<V> views) {
    return projected(scope, ONLINE, views, new NormGroups(normGroups, false));
  }

  /** To be called after {@link #queries}: the momentum branch then follows. */
  <V> List<Operand<TFloat32>> keys(MethodScope<V> scope, List<V> views) {
    List<Operand<TFloat32>> keys =
        projected(scope, MOMENTUM, views, new NormGroups(normGroups, true));
    scope.follow(momentum);
    return keys;
  }

  private <V> List<Operand<TFloat32>> projected(
      MethodScope<V> scope, String branch, List<V> views, NormGroups groups) {
    return scope.head(branch, "projector", projector(), scope.encode(branch, views, groups));
  }

  /** Without batch normalisation, as in the paper. */
  private Block projector() {
    return Dense.of(hiddenWidth)
        .withBias()
        .named("layer0")
        .then(Activations.relu())
        .then(Dense.of(outputWidth).withBias().named("layer1"));
  }
}
