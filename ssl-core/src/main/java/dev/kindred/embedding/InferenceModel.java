package dev.kindred.embedding;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.method.Method;
import dev.kindred.nn.Encoder;
import dev.kindred.nn.Network;
import dev.kindred.runtime.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An encoder in inference mode with values of its own: what measures a network while it trains, and
 * what is saved at the end. The graph holds only what inference needs.
 *
 * @param <E> an example
 */
public final class InferenceModel<E> implements AutoCloseable {
  /** The parameters of the encoder that is kept are below this path. */
  public static final String ENCODER_PATH = Method.ONLINE + "/encoder";

  static final String OUTPUT = "representation";

  private final ViewPipeline<E, ?> views;
  private final int dimension;
  private final Map<String, Object> encoderSettings;
  private final Graph graph = new Graph();
  private final Session session;
  private final Network network;
  private final Map<String, Operand<?>> inputs;
  private final Operand<TFloat32> output;
  private final Assignment assignment;

  /**
   * Builds the graph, with the initial values that {@code seed} gives: an untrained encoder.
   *
   * @param views what training sees; this uses their {@link ViewPipeline#inference}
   * @param <V> a view in the graph
   */
  public static <E, V> InferenceModel<E> untrained(
      ViewPipeline<E, V> views, Encoder<V> encoder, long seed) {
    return new InferenceModel<>(views.inference(), encoder, seed);
  }

  private <V> InferenceModel(ViewPipeline<E, V> views, Encoder<V> encoder, long seed) {
    this.views = views;
    this.dimension = encoder.dimension();
    this.encoderSettings = encoder.settings();
    Ops tf = Ops.create(graph);
    inputs = Placeholders.of(tf, views.feeds());
    Randomness none = new Randomness(tf, tf.constant(new int[2]));
    V view = views.build(tf, inputs, none).get(0);
    network = new Network(tf, Network.Mode.INFERENCE, seed);
    Operand<TFloat32> representation =
        encoder.apply(network.scope().child(Method.ONLINE).child("encoder"), view);
    output = tf.withName(OUTPUT).identity(representation);
    assignment = new Assignment(tf, network.parameters());
    session = Sessions.open(graph);
    session.initialize();
  }

  /**
   * Takes over trained values.
   *
   * @param weights a value for every parameter of this graph; stays the caller's
   * @throws IllegalArgumentException if one is missing
   */
  public void assign(Weights weights) {
    assignment.run(session, weights);
  }

  /** The values as they are now, by path; the caller closes them. */
  public Weights weights() {
    return Weights.read(session, network.parameters());
  }

  /** Embeds with the values as they are now; closing it leaves this model open. */
  public Embedder<E> embedder() {
    return new BatchingEmbedder<>(views, new Running(), dimension);
  }

  /** Writes this graph and its values as a TensorFlow SavedModel into {@code folder}. */
  void export(Path folder) throws IOException {
    Signature.Builder signature = Signature.builder();
    inputs.forEach(signature::input);
    SavedModelBundle.exporter(folder.toString())
        .withSession(session)
        .withSignature(signature.output(OUTPUT, output).build())
        .export();
  }

  /** The pipeline whose host half packs examples for this graph. */
  ViewPipeline<E, ?> views() {
    return views;
  }

  int dimension() {
    return dimension;
  }

  /** How the encoder describes itself. */
  Map<String, Object> encoderSettings() {
    return encoderSettings;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private final class Running implements BatchingEmbedder.Representations {
    @Override
    public float[][] of(Feeds feeds) {
      Session.Runner runner = session.runner().fetch(output);
      feeds.tensors().forEach(runner::feed);
      try (Result result = runner.run()) {
        return StdArrays.array2dCopyOf((TFloat32) result.get(0));
      }
    }

    @Override
    public void close() {}
  }
}
