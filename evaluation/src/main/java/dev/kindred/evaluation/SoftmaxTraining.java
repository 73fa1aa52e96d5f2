package dev.kindred.evaluation;

import dev.kindred.runtime.Sessions;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A softmax classifier in a graph and its step of gradient descent with momentum. */
final class SoftmaxTraining implements AutoCloseable {
  private static final float INITIAL_DEVIATION = 0.01f;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final int width;
  private final int classes;
  private final float momentum;
  private final Placeholder<TFloat32> rows;
  private final Placeholder<TInt32> labels;
  private final Placeholder<TFloat32> rate;
  private final Variable<TFloat32> weights;
  private final Variable<TFloat32> biases;
  private final Op step;
  private final Session session;

  SoftmaxTraining(int width, int classes, double momentum, double weightDecay, Random random) {
    this.width = width;
    this.classes = classes;
    this.momentum = (float) momentum;
    rows = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    weights = variable(normal(Shape.of(classes, width), random));
    biases = variable(NdArrays.ofFloats(Shape.of(classes)));
    step = buildStep((float) weightDecay);
    session = Sessions.open(graph);
    session.initialize();
  }

  /** One step on {@code count} rows and their labels. */
  void step(int count, IntFunction<float[]> row, IntUnaryOperator label, float learningRate) {
    try (TFloat32 x = Rows.pack(count, width, row);
        TInt32 y = TInt32.vectorOf(IntStream.range(0, count).map(label).toArray());
        TFloat32 fedRate = TFloat32.scalarOf(learningRate)) {
      session
          .runner()
          .feed(rows, x)
          .feed(labels, y)
          .feed(rate, fedRate)
          .addTarget(step)
          .run()
          .close();
    }
  }

  /** The weights {@code [classes, width]}, and then the biases. */
  double[] parameters() {
    double[] parameters = new double[classes * (width + 1)];
    try (Result result = session.runner().fetch(weights).fetch(biases).run()) {
      copy(result.get(0), parameters, 0);
      copy(result.get(1), parameters, classes * width);
    }
    return parameters;
  }

  /** The gradient of the mean cross-entropy is {@code (softmax - onehot)^T x / batch}. */
  private Op buildStep(float weightDecay) {
    Operand<TFloat32> w = tf.identity(weights);
    Operand<TFloat32> logits =
        tf.math.add(tf.linalg.matMul(rows, w, MatMul.transposeB(true)), tf.identity(biases));
    Operand<TFloat32> truth =
        tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> count = tf.dtypes.cast(tf.size(labels), TFloat32.class);
    Operand<TFloat32> delta = tf.math.div(tf.math.sub(tf.nn.softmax(logits), truth), count);
    Operand<TFloat32> ofWeights =
        tf.math.add(
            tf.linalg.matMul(delta, rows, MatMul.transposeA(true)),
            tf.math.mul(w, tf.constant(weightDecay)));
    Operand<TFloat32> ofBiases = tf.reduceSum(delta, tf.constant(0));
    // Reading a variable aliases it: no update may start before every gradient is computed.
    Ops after = tf.withControlDependencies(ofWeights, ofBiases);
    return tf.withControlDependencies(
            update(after, weights, ofWeights), update(after, biases, ofBiases))
        .noOp();
  }

  private Op update(Ops after, Variable<TFloat32> variable, Operand<TFloat32> gradient) {
    Variable<TFloat32> velocity = variable(NdArrays.ofFloats(variable.shape()));
    return after.train.applyMomentum(variable, velocity, rate, gradient, tf.constant(momentum));
  }

  private Variable<TFloat32> variable(FloatNdArray initial) {
    Ops init = tf.withInitScope();
    return init.variable(init.constant(initial));
  }

  private static FloatNdArray normal(Shape shape, Random random) {
    FloatNdArray values = NdArrays.ofFloats(shape);
    values
        .scalars()
        .forEach(value -> value.setFloat((float) random.nextGaussian() * INITIAL_DEVIATION));
    return values;
  }

  private static void copy(Tensor from, double[] to, int offset) {
    FloatDataBuffer values = from.asRawTensor().data().asFloats();
    for (int i = 0; i < values.size(); i++) {
      to[offset + i] = values.getFloat(i);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
