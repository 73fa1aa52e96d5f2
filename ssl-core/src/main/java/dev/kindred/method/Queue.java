package dev.kindred.method;

import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The latest rows of past batches, oldest first: MoCo's negatives, NNCLR's support set. A part of
 * the training state. It starts as noise, as MoCo's does.
 */
public final class Queue {
  private final Scope scope;
  private final Parameter rows;

  /**
   * Makes the queue, or finds it.
   *
   * @param name what it is called below {@code scope}
   * @param size how many rows it keeps, {@code >= 1}
   * @param width how long they are, {@code >= 1}
   */
  public Queue(Scope scope, String name, int size, int width) {
    Require.atLeastOne("queue size", size);
    Require.atLeastOne("queue width", width);
    this.scope = scope;
    rows =
        scope.statistic(
            name,
            Shape.of(size, width),
            seed ->
                (tf, shape, type) ->
                    tf.random.statelessRandomNormal(
                        shape, tf.constant(new long[] {seed, 0}), TFloat32.class));
  }

  /** The rows as they were before this step, {@code [size, width]}. */
  public Operand<TFloat32> rows() {
    return rows.value();
  }

  /**
   * Adds rows after this step, whatever their number, and forgets as many of the oldest; of more
   * than fit, the last stay.
   *
   * @param latest {@code [any, width]}
   */
  public void add(Operand<TFloat32> latest) {
    long size = rows.variable().shape().get(0);
    long width = rows.variable().shape().get(1);
    scope.replace(
        rows,
        Network.When.STEP,
        (tf, current) -> {
          Operand<TFloat32> all = tf.concat(List.of(current, latest), tf.constant(0));
          return tf.slice(
              all,
              tf.stack(List.of(count(tf, latest), tf.constant(0))),
              tf.constant(new int[] {(int) size, (int) width}));
        });
  }

  private static Operand<TInt32> count(Ops tf, Operand<TFloat32> latest) {
    return tf.gather(tf.shape(latest), tf.constant(0), tf.constant(0));
  }
}
