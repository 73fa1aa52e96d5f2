package dev.kindred.benchmarks.peers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.TruncatedNormalInitializer;
import dev.kindred.benchmarks.Contestant;
import dev.kindred.text.tokenizer.Encoding;
import java.util.Arrays;
import java.util.List;

/**
 * Embeds sentences in DJL with its PyTorch engine, in inference mode, on all processors, from
 * pieces that are ready. Its figure is sentences a second. Confined to one thread.
 */
final class DjlSentences implements Contestant, AutoCloseable {
  private static final float DEVIATION = 0.02f;

  private final String name;
  private final Block network;
  private final List<Encoding> sentences;
  private final int batch;
  private final NDManager manager;
  private final ParameterStore store;

  /**
   * Gives the network its initial values.
   *
   * @param network from ids and presence, as {@link DjlTransformer} takes them, to vectors
   * @param sentences all of one length
   * @param batch the sentences of a call
   */
  DjlSentences(String name, Block network, List<Encoding> sentences, int batch) {
    DjlEngine.configure();
    this.name = name;
    this.network = network;
    this.sentences = sentences;
    this.batch = batch;
    manager = NDManager.newBaseManager(Device.cpu(), DjlEngine.NAME);
    store = new ParameterStore(manager, false);
    Shape shape = new Shape(batch, sentences.get(0).length());
    network.setInitializer(new TruncatedNormalInitializer(DEVIATION), Parameter.Type.WEIGHT);
    network.initialize(manager, DataType.FLOAT32, shape, shape);
    network.freezeParameters(true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double measure() {
    return sentences.size() / Contestant.seconds(this::round);
  }

  /** The vectors of sentences of one length, row after row. */
  float[] embed(List<Encoding> some) {
    int length = some.get(0).length();
    Shape shape = new Shape(some.size(), length);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int[] ids = some.stream().flatMapToInt(each -> Arrays.stream(each.ids())).toArray();
      NDArray present = manager.ones(shape);
      NDList inputs = new NDList(manager.create(ids, shape), present);
      return network.forward(store, inputs, false).singletonOrThrow().toFloatArray();
    }
  }

  @Override
  public void close() {
    network.clear();
    manager.close();
  }

  private void round() {
    for (int first = 0; first < sentences.size(); first += batch) {
      embed(sentences.subList(first, Math.min(first + batch, sentences.size())));
    }
  }
}
