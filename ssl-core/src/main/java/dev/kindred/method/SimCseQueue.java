package dev.kindred.method;

import dev.kindred.nn.MlpHead;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SimCSE with a queue, the method of ESimCSE: beside the batch, the keys of past batches are
 * negatives of every query. A momentum branch made them, without dropout; they start as none.
 *
 * <p>{@code l_i = -log(exp(s(q_i, k_i) / T) / (sum_j exp(s(q_i, k_j) / T) + sum_m exp(s(q_i, m) /
 * T)))}, m the queue's rows. Queries and keys of the batch are the online branch's, with a gradient
 * to both. The views of the paper are those of {@code PieceRepetition}, so that length does not
 * tell which texts belong together.
 *
 * @param simCse the rest
 * @param queueSize how many keys are kept; at least a batch
 * @param momentum how the momentum branch follows
 * @see <a href="https://arxiv.org/abs/2109.04380">Wu et al. 2021, ESimCSE: Enhanced Sample Building
 *     Method for Contrastive Learning of Unsupervised Sentence Embedding</a>
 */
public record SimCseQueue(SimCse simCse, int queueSize, Momentum momentum) implements Method {
  /** The paper's: two and a half batches of 64. */
  public static final int DEFAULT_QUEUE_SIZE = 160;

  /** The paper's. */
  public static final double DEFAULT_MOMENTUM = 0.995;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public SimCseQueue {
    Require.atLeastOne("queue size", queueSize);
  }

  /** The paper's settings. */
  public static SimCseQueue defaults() {
    return new SimCseQueue(
        SimCse.defaults(), DEFAULT_QUEUE_SIZE, Momentum.constant(DEFAULT_MOMENTUM));
  }

  /** The same method with a queue of another size. */
  public SimCseQueue withQueueSize(int value) {
    return new SimCseQueue(simCse, value, momentum);
  }

  @Override
  public void requireBatch(int batchSize) {
    Require.that(
        queueSize >= batchSize,
        "queue size",
        ">= %d, the keys of one batch".formatted(batchSize),
        queueSize);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> z = scope.all(simCse.project(scope, views));
    int width = Math.toIntExact(z.get(1).shape().get(1));
    Queue queue = new Queue(scope.branch(MOMENTUM), "queue", queueSize, width);
    Operand<TFloat32> keys = scope.all(keys(scope, views.subList(1, 2)));
    queue.add(keys);
    scope.follow(momentum);
    List<Operand<TFloat32>> negatives = new ArrayList<>(z.subList(2, z.size()));
    negatives.add(queue.added());
    Operand<TFloat32> all =
        negatives.size() == 1 ? negatives.get(0) : tf.concat(negatives, tf.constant(0));
    Operand<TFloat32> loss = simCse.loss(tf, List.of(z.get(0), z.get(1), all));
    // No loss needs the keys of this step, so nothing else makes them before their branch moves on.
    return Objective.of(tf.withControlDependencies(keys).identity(loss));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("simcse-queue", this);
  }

  /** What the momentum branch makes of the second views. */
  private <V> Operand<TFloat32> keys(MethodScope<V> scope, List<V> views) {
    List<Operand<TFloat32>> keys = scope.encodeStill(views);
    return simCse.projector().isEmpty()
        ? keys.get(0)
        : scope.head(MOMENTUM, "projector", new MlpHead(simCse.projector(), false), keys).get(0);
  }
}
