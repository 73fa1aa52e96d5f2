package dev.kindred.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.kindred.benchmarks.TransformerShape;

/**
 * DJL's {@link BertBlock} as it is, pooled by the mean; inputs and output of {@link
 * DjlTransformer}.
 */
final class DjlBert extends AbstractBlock {
  private static final byte VERSION = 1;

  private final int dimension;
  private final BertBlock bert;

  DjlBert(TransformerShape shape, int vocabulary) {
    super(VERSION);
    dimension = shape.dimension();
    bert =
        addChildBlock(
            "bert",
            BertBlock.builder()
                .setTokenDictionarySize(vocabulary)
                .optTypeDictionarySize(DjlTransformer.SEGMENTS)
                .optEmbeddingSize(dimension)
                .optTransformerBlockCount(shape.depth())
                .optAttentionHeadCount(shape.heads())
                .optHiddenSize(shape.mlpWidth())
                .optMaxSequenceLength(shape.length())
                .build());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), dimension)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    bert.initialize(manager, type, inputs[0], inputs[0], inputs[1]);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray ids = inputs.get(0);
    NDArray present = inputs.get(1);
    NDList given = new NDList(ids, ids.zerosLike(), present);
    NDArray vectors = bert.forward(store, given, training).get(0);
    return new NDList(DjlTransformer.mean(vectors, present));
  }
}
