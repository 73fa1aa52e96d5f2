package dev.kindred.losses;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The value of a loss of some matrices, and its gradients.
 *
 * @param value the reduced loss
 * @param gradients with respect to the matrices that the loss is differentiated by
 */
record Evaluated(double value, List<double[][]> gradients) {

  /** No rewriting of the graph: it takes longer than these graphs run. */
  private static final ConfigProto PLAIN =
      ConfigProto.newBuilder()
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  /** A loss of some matrices. */
  interface Loss {
    <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> inputs);

    /** How many of the matrices, from the first, have a gradient. */
    default int differentiated() {
      return 1;
    }
  }

  /** A loss of two matrices, both with a gradient. */
  static Loss pair(PairLoss loss) {
    return pair(loss, 2);
  }

  /** A loss of two matrices, the second of which is a target. */
  static Loss toTarget(PairLoss loss) {
    return pair(loss, 1);
  }

  private static Loss pair(PairLoss loss, int differentiated) {
    return new Loss() {
      @Override
      public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> inputs) {
        return loss.of(tf, inputs.get(0), inputs.get(1));
      }

      @Override
      public int differentiated() {
        return differentiated;
      }
    };
  }

  /** A loss of labelled rows. */
  static Loss labelled(LabelLoss loss, int... labels) {
    return new Loss() {
      @Override
      public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> inputs) {
        Operand<TInt32> constant = tf.constant(labels);
        return loss.of(tf, inputs.get(0), constant);
      }
    };
  }

  /** A term of one matrix. */
  static Loss rows(Regularizer term) {
    return new Loss() {
      @Override
      public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> inputs) {
        return term.of(tf, inputs.get(0));
      }
    };
  }

  static Evaluated in64(Loss loss, double[][]... inputs) {
    return in(TFloat64.class, loss, inputs);
  }

  static Evaluated in32(Loss loss, double[][]... inputs) {
    return in(TFloat32.class, loss, inputs);
  }

  static Evaluated inBfloat16(Loss loss, double[][]... inputs) {
    return in(TBfloat16.class, loss, inputs);
  }

  private static <T extends TFloating> Evaluated in(
      Class<T> type, Loss loss, double[][]... inputs) {
    try (Built<T> built = new Built<>(type, loss, inputs)) {
      return built.evaluate(inputs);
    }
  }

  /** A loss in a graph of its own, to be evaluated at several points of one shape. */
  static final class Built<T extends TFloating> implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session = new Session(graph, PLAIN);
    private final List<Placeholder<TFloat64>> fed = new ArrayList<>();
    private final List<Operand<TFloat64>> fetched = new ArrayList<>();

    Built(Class<T> type, Loss loss, double[][]... like) {
      Ops tf = Ops.create(graph);
      List<Operand<T>> inputs = new ArrayList<>();
      for (double[][] each : like) {
        Shape shape = Shape.of(each.length, each[0].length);
        fed.add(tf.placeholder(TFloat64.class, Placeholder.shape(shape)));
        inputs.add(tf.dtypes.cast(fed.get(fed.size() - 1), type));
      }
      Operand<T> value = loss.of(tf, inputs);
      fetched.add(as64(tf, value));
      Output<?>[] gradients =
          graph.addGradients(
              value.asOutput(),
              inputs.subList(0, loss.differentiated()).stream()
                  .map(Operand::asOutput)
                  .toArray(Output<?>[]::new));
      for (Output<?> gradient : gradients) {
        fetched.add(as64(tf, gradient));
      }
    }

    Evaluated evaluate(double[][]... inputs) {
      Session.Runner runner = session.runner();
      List<TFloat64> tensors = new ArrayList<>();
      for (int i = 0; i < inputs.length; i++) {
        tensors.add(TFloat64.tensorOf(StdArrays.ndCopyOf(inputs[i])));
        runner.feed(fed.get(i), tensors.get(i));
      }
      fetched.forEach(runner::fetch);
      try (Result result = runner.run()) {
        List<double[][]> slopes = new ArrayList<>();
        for (int i = 1; i < result.size(); i++) {
          slopes.add(StdArrays.array2dCopyOf((TFloat64) result.get(i)));
        }
        return new Evaluated(((TFloat64) result.get(0)).getDouble(), slopes);
      } finally {
        tensors.forEach(TFloat64::close);
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat64> as64(Ops tf, Operand<?> operand) {
    return tf.dtypes.cast((Operand<TFloat64>) operand, TFloat64.class);
  }
}
