package dev.kindred.distributed;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.collective.CollectiveGather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * TensorFlow's collective operations in a graph. Each has a number of its own, the same at all
 * workers, by which the runtime knows what belongs together.
 *
 * <p>TensorFlow Java has no class for {@code CollectiveReduceV2}, and no gradient: the one
 * registered here is the sum of the workers' gradients. Whoever wants an exact gradient of a loss
 * that all workers compute alike lets it reach only what is each worker's own.
 */
final class CollectiveGraph {
  private static final String REDUCE = "CollectiveReduceV2";
  private static final int GROUP = 1;

  /** Gradients have the numbers of what they are of, this much higher. */
  private static final int BACKWARD = 1 << 24;

  private static final int KEY_INPUT = 3;

  private final int size;
  private final String hint;
  private int next = 1;

  static {
    TensorFlow.registerCustomGradient(REDUCE, CollectiveGraph::gradient);
  }

  /**
   * @param size how many workers there are
   * @param hint how they exchange: {@code ring}, or {@code nccl} between GPUs
   */
  CollectiveGraph(int size, String hint) {
    this.size = size;
    this.hint = hint;
  }

  Operand<TFloat32> sum(Ops tf, Operand<TFloat32> value) {
    return reduce(
        tf, value.asOutput(), constant(tf, size), constant(tf, GROUP), constant(tf, next++), hint);
  }

  Operand<TFloat32> gather(Ops tf, Operand<TFloat32> rows) {
    return tf.collective.collectiveGather(
        rows,
        tf.constant(size),
        tf.constant(GROUP),
        tf.constant(next++),
        List.of(),
        CollectiveGather.communicationHint(hint));
  }

  private static Output<TInt32> constant(Ops tf, int value) {
    return tf.constant(value).asOutput();
  }

  private static Operand<TFloat32> reduce(
      Ops tf, Output<?> value, Output<?> size, Output<?> group, Output<?> key, String hint) {
    GraphOperationBuilder builder =
        (GraphOperationBuilder)
            tf.scope().env().opBuilder(REDUCE, tf.scope().makeOpName("Sum"), tf.scope());
    builder.addInput(value);
    builder.addInput(size);
    builder.addInput(group);
    builder.addInput(key);
    builder.addInputList(new Output<?>[0]);
    builder.setAttr("merge_op", "Add");
    builder.setAttr("final_op", "Id");
    builder.setAttr("communication_hint", hint);
    return builder.build().<TFloat32>output(0);
  }

  /** Numbers have no gradient, but TensorFlow Java wants one of every input. */
  private static List<Operand<?>> gradient(
      Ops tf, GraphOperation forward, List<Output<?>> gradients) {
    Output<TInt32> key = forward.input(KEY_INPUT).expect(TInt32.class);
    Output<?> backward = tf.math.add(key, tf.constant(BACKWARD)).asOutput();
    Operand<TFloat32> sum =
        reduce(tf, gradients.get(0), forward.input(1), forward.input(2), backward, hint(forward));
    Operand<TInt32> none = tf.constant(0);
    return List.of(sum, none, none, none);
  }

  private static String hint(GraphOperation operation) {
    return operation.attributes().getAttrString("communication_hint");
  }
}
