package dev.kindred.rl;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.rl.data.Clip;
import java.util.List;

/** A network with random weights; closes the graph that its embedder leaves open. */
final class UntrainedEncoder implements Embedder<Clip> {
  private final InferenceModel<Clip> model;
  private final Embedder<Clip> embedder;

  UntrainedEncoder(InferenceModel<Clip> model) {
    this.model = model;
    embedder = model.embedder();
  }

  @Override
  public int dimension() {
    return embedder.dimension();
  }

  @Override
  public float[][] embed(List<Clip> clips) {
    return embedder.embed(clips);
  }

  @Override
  public Embeddings embed(Dataset<Clip> clips) {
    return embedder.embed(clips);
  }

  @Override
  public void close() {
    embedder.close();
    model.close();
  }
}
