package dev.kindred.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.nn.TransformerBlock.Order;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class TransformerBlockTest {
  private static final Shape INPUT = Shape.of(2, 3, 8);
  private static final float[][] MASK = {{1, 1, 1}, {1, 1, 0}};
  private static final double STEP = 1e-2;

  /** The gradient along a random direction is the difference quotient, for each parameter. */
  @ParameterizedTest
  @CsvSource({"POST_NORM, false", "POST_NORM, true", "PRE_NORM, true"})
  void gradientsAreFiniteDifferences(Order order, boolean rotary) {
    Random random = new Random(4);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.TRAINING, 0);
      Operand<TFloat32> input = tf.reshape(tf.constant(normal(random, INPUT, 1)), shape(tf));
      Operand<TFloat32> output =
          new TransformerBlock(2, 6, order, 1e-6f, 0, 0)
              .apply(network.scope(), input, new TokenContext(tf.constant(MASK), rotary));
      Operand<TFloat32> weights = tf.reshape(tf.constant(normal(random, INPUT, 1)), shape(tf));
      Operand<TFloat32> loss = tf.reduceSum(tf.math.mul(output, weights), tf.array(0, 1, 2));
      List<Parameter> parameters = List.copyOf(network.parameters());
      Output<?>[] gradients =
          graph.addGradients(
              loss.asOutput(),
              parameters.stream().map(p -> p.value().asOutput()).toArray(Output<?>[]::new));
      Map<Parameter, float[]> values = new LinkedHashMap<>();
      parameters.forEach(p -> values.put(p, normal(random, p.variable().shape(), 0.5)));
      assertThat(parameters).hasSize(12);
      for (int i = 0; i < gradients.length; i++) {
        Parameter parameter = parameters.get(i);
        float[] direction = unit(normal(random, parameter.variable().shape(), 1));
        double expected = difference(session, loss, values, parameter, direction);
        double slope = dot(run(session, gradients[i], values), direction);
        assertThat(slope)
            .as(parameter.path())
            .isCloseTo(expected, within(1e-3 + 5e-3 * Math.abs(expected)));
      }
    }
  }

  private static double difference(
      Session session,
      Operand<TFloat32> loss,
      Map<Parameter, float[]> values,
      Parameter parameter,
      float[] direction) {
    double above = run(session, loss, moved(values, parameter, direction, STEP))[0];
    double below = run(session, loss, moved(values, parameter, direction, -STEP))[0];
    return (above - below) / (2 * STEP);
  }

  private static Map<Parameter, float[]> moved(
      Map<Parameter, float[]> values, Parameter parameter, float[] direction, double step) {
    Map<Parameter, float[]> moved = new LinkedHashMap<>(values);
    moved.computeIfPresent(
        parameter,
        (same, from) -> {
          float[] to = from.clone();
          for (int i = 0; i < to.length; i++) {
            to[i] += (float) (step * direction[i]);
          }
          return to;
        });
    return moved;
  }

  private static float[] run(Session session, Operand<?> wanted, Map<Parameter, float[]> values) {
    List<Tensor> fed = new ArrayList<>();
    Session.Runner runner = session.runner().fetch(wanted);
    values.forEach(
        (parameter, value) -> {
          Tensor tensor = TFloat32.tensorOf(parameter.variable().shape(), DataBuffers.of(value));
          fed.add(tensor);
          runner.feed(parameter.value(), tensor);
        });
    try (Result result = runner.run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] output = new float[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asFloats().read(output);
      return output;
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static Operand<org.tensorflow.types.TInt64> shape(Ops tf) {
    return tf.constant(INPUT.asArray());
  }

  private static float[] normal(Random random, Shape shape, double deviation) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static float[] unit(float[] values) {
    float[] unit = values.clone();
    float length = (float) Math.sqrt(dot(values, values));
    for (int i = 0; i < unit.length; i++) {
      unit[i] /= length;
    }
    return unit;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
