package dev.kindred.text;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.nn.Encoder;
import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** An encoder in a graph of its own, for tests. */
final class EncoderRun implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final TextViews views;
  private final Placeholder<TInt32> seed =
      tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
  private final Placeholder<TFloat32> given = tf.placeholder(TFloat32.class);
  private final Map<String, Operand<?>> inputs;
  private final Network network;
  private final Operand<TFloat32> output;
  private final Session session;

  EncoderRun(Network.Mode mode, TextViews views, Encoder<Tokens> encoder) {
    this.views = views;
    inputs = Placeholders.of(tf, views.feeds());
    Randomness randomness = new Randomness(tf, seed);
    network = new Network(tf, mode, 5).randomness(randomness.child("network"));
    output =
        encoder.apply(network.scope(), views.build(tf, inputs, randomness.child("views")).get(0));
    session = new Session(graph);
    session.initialize();
  }

  float[][] of(String... texts) {
    return at(0, texts);
  }

  float[][] at(int step, String... texts) {
    try (Result result = fetch(output, step, texts)) {
      return StdArrays.array2dCopyOf((TFloat32) result.get(0));
    }
  }

  /** The gradient of the sum of all outputs' squares by a parameter, flattened. */
  float[] gradient(String path, String... texts) {
    Operand<TFloat32> loss = tf.reduceSum(tf.math.square(output), tf.array(0, 1));
    Operand<?> slope =
        graph
            .addGradients(
                loss.asOutput(),
                new org.tensorflow.Output<?>[] {parameter(path).value().asOutput()})[0];
    try (Result result = fetch(slope, 0, texts)) {
      return flat((TFloat32) result.get(0));
    }
  }

  float[] values(String path) {
    try (Result result = session.runner().fetch(parameter(path).value()).run()) {
      return flat((TFloat32) result.get(0));
    }
  }

  void assign(String path, float[] values) {
    Parameter parameter = parameter(path);
    Op assign = tf.assign(parameter.variable(), given);
    try (TFloat32 value =
        TFloat32.tensorOf(
            parameter.variable().shape(), org.tensorflow.ndarray.buffer.DataBuffers.of(values))) {
      session.runner().feed(given, value).addTarget(assign).run().close();
    }
  }

  private Result fetch(Operand<?> operand, int step, String... texts) {
    try (Feeds feeds = views.pack(examples(texts));
        TInt32 key = TInt32.vectorOf(3, step)) {
      Session.Runner runner = session.runner().fetch(operand).feed(seed, key);
      feeds.tensors().forEach((name, tensor) -> runner.feed(inputs.get(name), tensor));
      return runner.run();
    }
  }

  private Parameter parameter(String path) {
    return network.parameters().stream()
        .filter(parameter -> parameter.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static List<TextExample> examples(String... texts) {
    return Arrays.stream(texts).map(TextExample::of).toList();
  }

  private static float[] flat(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
