package dev.kindred.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.kindred.benchmarks.TransformerShape;
import dev.kindred.text.TextTransformer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * BERT pooled by the mean, of DJL's blocks for embeddings, attention, dense layers and layer
 * normalisation: layer for layer what {@link TextTransformer} builds. DJL's own {@code BertBlock}
 * is another function: it has batch normalisation in the place of layer normalisation, and adds the
 * input of the attention, not its output, to what the dense layers give.
 *
 * <p>Input: ids {@code [batch, length]} and 1 for each piece, 0 for padding, of the same shape.
 * Output: {@code [batch, dimension]}.
 */
final class DjlTransformer extends AbstractBlock {
  private static final byte VERSION = 1;
  static final int SEGMENTS = 2;

  private final TransformerShape shape;
  private final Parameter words;
  private final Parameter positions;
  private final Parameter segments;
  private final Block norm;
  private final List<Layer> layers;

  DjlTransformer(TransformerShape shape, int vocabulary) {
    super(VERSION);
    this.shape = shape;
    words = table("word", vocabulary);
    positions = table("position", shape.length());
    segments = table("segment", SEGMENTS);
    norm = addChildBlock("norm", norm());
    layers =
        IntStream.range(0, shape.depth())
            .mapToObj(i -> addChildBlock("layer" + i, new Layer(shape)))
            .toList();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), shape.dimension())};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape vectors = inputs[0].add(shape.dimension());
    norm.initialize(manager, type, vectors);
    layers.forEach(layer -> layer.initialize(manager, type, vectors));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray ids = inputs.get(0);
    NDArray present = inputs.get(1);
    NDArray seen = present.expandDims(1).repeat(1, ids.getShape().get(1));
    NDArray vectors = only(norm, store, embedded(store, ids, training), training);
    for (Layer layer : layers) {
      vectors = layer.forward(store, new NDList(vectors, seen), training).singletonOrThrow();
    }
    return new NDList(mean(vectors, present));
  }

  /** The mean of the vectors that are present, {@code [batch, dimension]}. */
  static NDArray mean(NDArray vectors, NDArray present) {
    NDArray sums = vectors.mul(present.expandDims(2)).sum(new int[] {1});
    return sums.div(present.sum(new int[] {1}, true));
  }

  private NDArray embedded(ParameterStore store, NDArray ids, boolean training) {
    NDArray words = store.getValue(this.words, ids.getDevice(), training);
    NDArray places = store.getValue(positions, ids.getDevice(), training);
    NDArray segment = store.getValue(segments, ids.getDevice(), training).get(0);
    return Embedding.embedding(ids, words, SparseFormat.DENSE)
        .singletonOrThrow()
        .add(places.get(":" + ids.getShape().get(1)).add(segment));
  }

  private Parameter table(String name, int rows) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(rows, shape.dimension()))
            .build());
  }

  private static LayerNorm norm() {
    return LayerNorm.builder().axis(2).optEpsilon(TextTransformer.DEFAULT_EPSILON).build();
  }

  private static NDArray only(Block block, ParameterStore store, NDArray input, boolean training) {
    return block.forward(store, new NDList(input), training).singletonOrThrow();
  }

  /** A block of the transformer. */
  private static final class Layer extends AbstractBlock {
    private final TransformerShape shape;
    private final Block attention;
    private final Block norm1;
    private final Block fc1;
    private final Block fc2;
    private final Block norm2;

    Layer(TransformerShape shape) {
      super(VERSION);
      this.shape = shape;
      attention =
          addChildBlock(
              "attention",
              ScaledDotProductAttentionBlock.builder()
                  .setEmbeddingSize(shape.dimension())
                  .setHeadCount(shape.heads())
                  .build());
      norm1 = addChildBlock("norm1", norm());
      fc1 = addChildBlock("fc1", Linear.builder().setUnits(shape.mlpWidth()).build());
      fc2 = addChildBlock("fc2", Linear.builder().setUnits(shape.dimension()).build());
      norm2 = addChildBlock("norm2", norm());
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {inputs[0]};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      Shape vectors = inputs[0];
      attention.initialize(manager, type, vectors);
      norm1.initialize(manager, type, vectors);
      fc1.initialize(manager, type, vectors);
      fc2.initialize(manager, type, vectors.slice(0, 2).add(shape.mlpWidth()));
      norm2.initialize(manager, type, vectors);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
      NDArray input = inputs.get(0);
      NDArray attended = attention.forward(store, inputs, training).singletonOrThrow();
      NDArray middle = only(norm1, store, input.add(attended), training);
      NDArray hidden = Activation.gelu(only(fc1, store, middle, training));
      NDArray change = only(fc2, store, hidden, training);
      return new NDList(only(norm2, store, middle.add(change), training));
    }
  }
}
