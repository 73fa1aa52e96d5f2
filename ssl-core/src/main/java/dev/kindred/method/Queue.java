package dev.kindred.method;

import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.Rows;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The latest rows of past batches, oldest first: MoCo's negatives, NNCLR's support set. A part of
 * the training state. It starts as noise, as MoCo's does in its authors' code; {@link #added}
 * leaves out what is left of that.
 */
public final class Queue {
  private static final int[] ALL = {-1, -1};

  private final Scope scope;
  private final Parameter rows;
  private final Parameter filled;

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
    filled = scope.statistic(name + "_filled", Shape.scalar(), 0);
  }

  /** The rows as they were before this step, {@code [size, width]}. */
  public Operand<TFloat32> rows() {
    return rows.value();
  }

  /** The rows that were added before this step, without the noise, {@code [0 to size, width]}. */
  public Operand<TFloat32> added() {
    Ops tf = scope.tf();
    Operand<TInt32> noise =
        tf.math.sub(tf.constant(size()), tf.dtypes.cast(filled.value(), TInt32.class));
    Operand<TFloat32> latest =
        tf.slice(rows.value(), tf.stack(List.of(noise, tf.constant(0))), tf.constant(ALL));
    return tf.ensureShape(latest, Shape.of(Shape.UNKNOWN_SIZE, rows.variable().shape().get(1)));
  }

  /**
   * Adds rows after this step, whatever their number, and forgets as many of the oldest; of more
   * than fit, the last stay.
   *
   * @param latest {@code [any, width]}; the step's loss must wait for them where they are made by
   *     parameters that are replaced too, such as a momentum branch's
   */
  public void add(Operand<TFloat32> latest) {
    scope.replace(
        rows,
        Network.When.STEP,
        (tf, current) -> {
          Operand<TFloat32> all = tf.concat(List.of(current, latest), tf.constant(0));
          return tf.slice(
              all,
              tf.stack(List.of(Rows.count(tf, latest), tf.constant(0))),
              tf.constant(new int[] {size(), -1}));
        });
    scope.replace(
        filled,
        Network.When.STEP,
        (tf, current) ->
            tf.math.minimum(
                tf.constant((float) size()),
                tf.math.add(current, tf.dtypes.cast(Rows.count(tf, latest), TFloat32.class))));
  }

  private int size() {
    return Math.toIntExact(rows.variable().shape().get(0));
  }
}
