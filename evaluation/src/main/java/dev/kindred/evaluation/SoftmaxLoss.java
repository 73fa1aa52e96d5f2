package dev.kindred.evaluation;

import dev.kindred.runtime.Sessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DoubleDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The loss of multinomial logistic regression and its gradient, by TensorFlow in float64, batch
 * after batch: {@code (sum_i -log softmax(W x_i + b)[y_i] + l2 / 2 |W|^2) / n}. The parameters are
 * {@code W [classes, width]}, row after row, and then {@code b [classes]}.
 */
final class SoftmaxLoss implements Lbfgs.Objective, AutoCloseable {
  /** How many values of the rows, as float64, are in a batch: 16 MiB of them. */
  private static final int VALUES = 1 << 21;

  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> rows;
  private final Placeholder<TInt32> labels;
  private final Placeholder<TFloat64> weights;
  private final Placeholder<TFloat64> biases;
  private final List<Operand<TFloat64>> results;
  private final List<Batch> batches = new ArrayList<>();
  private final int width;
  private final int classes;
  private final int size;
  private final double l2;

  /** Keeps a copy of {@code rows}, each after {@code scaling}. */
  SoftmaxLoss(
      float[][] rows, UnaryOperator<float[]> scaling, int[] labels, int classes, double l2) {
    this.width = rows[0].length;
    this.classes = classes;
    this.size = rows.length;
    this.l2 = l2;
    Ops tf = Ops.create(graph);
    this.rows = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
    this.labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    this.weights = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(classes, width)));
    this.biases = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(classes)));
    this.results = build(tf);
    this.session = Sessions.open(graph);
    int batch = Math.max(1, VALUES / width);
    for (int from = 0; from < size; from += batch) {
      batches.add(batch(rows, scaling, labels, from, Math.min(batch, size - from)));
    }
  }

  /** The number of parameters. */
  int parameters() {
    return classes * (width + 1);
  }

  @Override
  public double at(double[] parameters, double[] gradient) {
    Arrays.fill(gradient, 0);
    int count = classes * width;
    double loss = 0;
    try (TFloat64 w = tensor(parameters, 0, Shape.of(classes, width));
        TFloat64 b = tensor(parameters, count, Shape.of(classes))) {
      for (Batch batch : batches) {
        loss += add(batch, w, b, gradient);
      }
    }
    for (int i = 0; i < count; i++) {
      loss += l2 / 2 * parameters[i] * parameters[i];
      gradient[i] += l2 * parameters[i];
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= size;
    }
    return loss / size;
  }

  /** Sum of the losses, and their gradients {@code (softmax - onehot)^T x} and its column sums. */
  private List<Operand<TFloat64>> build(Ops tf) {
    Operand<TFloat64> x = tf.dtypes.cast(rows, TFloat64.class);
    Operand<TFloat64> logits =
        tf.math.add(tf.linalg.matMul(x, weights, MatMul.transposeB(true)), biases);
    Operand<TFloat64> truth =
        tf.oneHot(labels, tf.constant(classes), tf.constant(1.0), tf.constant(0.0));
    Operand<TFloat64> logProbabilities = tf.nn.logSoftmax(logits);
    Operand<TFloat64> all = tf.math.mul(truth, logProbabilities);
    Operand<TFloat64> delta = tf.math.sub(tf.math.exp(logProbabilities), truth);
    return List.of(
        tf.math.neg(tf.reduceSum(all, tf.array(0, 1))),
        tf.linalg.matMul(delta, x, MatMul.transposeA(true)),
        tf.reduceSum(delta, tf.constant(0)));
  }

  private double add(Batch batch, TFloat64 w, TFloat64 b, double[] gradient) {
    Session.Runner runner =
        session
            .runner()
            .feed(rows, batch.rows)
            .feed(labels, batch.labels)
            .feed(weights, w)
            .feed(biases, b);
    results.forEach(runner::fetch);
    try (Result result = runner.run()) {
      addTo(gradient, 0, result.get(1));
      addTo(gradient, classes * width, result.get(2));
      return result.get(0).asRawTensor().data().asDoubles().getDouble(0);
    }
  }

  private static void addTo(double[] sum, int offset, Tensor values) {
    DoubleDataBuffer data = values.asRawTensor().data().asDoubles();
    double[] read = new double[(int) data.size()];
    data.read(read);
    for (int i = 0; i < read.length; i++) {
      sum[offset + i] += read[i];
    }
  }

  private static TFloat64 tensor(double[] values, int offset, Shape shape) {
    TFloat64 tensor = TFloat64.tensorOf(shape);
    tensor.asRawTensor().data().asDoubles().write(values, offset, (int) shape.size());
    return tensor;
  }

  private Batch batch(
      float[][] all, UnaryOperator<float[]> scaling, int[] classOf, int from, int count) {
    return new Batch(
        Rows.pack(count, width, i -> scaling.apply(all[from + i])),
        TInt32.vectorOf(Arrays.copyOfRange(classOf, from, from + count)));
  }

  @Override
  public void close() {
    batches.forEach(Batch::close);
    batches.clear();
    session.close();
    graph.close();
  }

  /** Some of the rows, outside the heap. */
  private record Batch(TFloat32 rows, TInt32 labels) implements AutoCloseable {
    @Override
    public void close() {
      rows.close();
      labels.close();
    }
  }
}
