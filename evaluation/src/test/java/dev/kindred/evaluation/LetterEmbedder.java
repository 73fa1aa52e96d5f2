package dev.kindred.evaluation;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import java.util.ArrayList;
import java.util.List;

/** Represents a word by how many of its letters are x, and how many are not. */
final class LetterEmbedder implements Embedder<String> {
  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public float[][] embed(List<String> examples) {
    return examples.stream().map(LetterEmbedder::embed).toArray(float[][]::new);
  }

  @Override
  public Embeddings embed(Dataset<String> dataset) {
    List<Integer> read = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    List<CorruptExampleException> skipped = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      try {
        vectors.add(embed(dataset.get(i)));
        read.add(i);
      } catch (CorruptExampleException e) {
        skipped.add(e);
      }
    }
    return new Embeddings(
        read.stream().map(dataset::id).toList(),
        read.stream().mapToInt(dataset::label).toArray(),
        dataset.classNames(),
        vectors.toArray(float[][]::new),
        skipped);
  }

  @Override
  public void close() {}

  private static float[] embed(String word) {
    long x = word.chars().filter(letter -> letter == 'x').count();
    return new float[] {x, word.length() - x};
  }
}
