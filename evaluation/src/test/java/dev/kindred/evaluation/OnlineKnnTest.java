package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnlineKnnTest {
  private static final Dataset<float[]> BANK =
      new Points(List.of("e", "n"), new int[] {0, 1}, new float[][] {{1, 0}, {0, 1}});
  private static final Dataset<float[]> QUERIES =
      new Points(
          List.of("n", "e"),
          new int[] {0, 1, 1, 1},
          new float[][] {{0, 2}, {2, 1}, {1, 2}, {3, 1}});

  @Test
  void reportsTheAccuracyOfTheEncoderAsItIs() {
    OnlineKnn<float[]> online = new OnlineKnn<>(BANK, QUERIES, new Knn(1, 0.1));
    assertThat(online.evaluate(new Turning(false))).containsOnly(entry(0.75));
    assertThat(online.evaluate(new Turning(true)))
        .as("both turned alike")
        .containsOnly(entry(0.75));
  }

  @Test
  void refusesLabelsThatCannotBeComparedBeforeTraining() {
    Dataset<float[]> unlabelled = new Points(List.of(), new int[] {-1}, new float[][] {{1, 0}});
    assertThatThrownBy(() -> new OnlineKnn<>(BANK, unlabelled))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("queries: every row must have a label, but point0");
    assertThatThrownBy(() -> new OnlineKnn<>(BANK.first(1), QUERIES))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("bank: must have at least two classes");
    Dataset<float[]> others = new Points(List.of("w"), new int[] {0}, new float[][] {{1, 0}});
    assertThatThrownBy(() -> new OnlineKnn<>(BANK, others))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("queries: every class must occur in the bank too, but w");
  }

  private static java.util.Map.Entry<String, Double> entry(double accuracy) {
    return java.util.Map.entry("knn_accuracy", accuracy);
  }

  /** Points in the plane. */
  private record Points(List<String> classNames, int[] labels, float[][] values)
      implements Dataset<float[]> {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public float[] get(int index) {
      return values[index];
    }

    @Override
    public String id(int index) {
      return "point" + index;
    }

    @Override
    public int label(int index) {
      return labels[index];
    }

    @Override
    public String description() {
      return "points";
    }

    @Override
    public void close() {}
  }

  /** An encoder that swaps the coordinates, or leaves them. */
  private record Turning(boolean turned) implements Embedder<float[]> {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public float[][] embed(List<float[]> examples) {
      return examples.stream()
          .map(point -> turned ? new float[] {point[1], point[0]} : point)
          .toArray(float[][]::new);
    }

    @Override
    public Embeddings embed(Dataset<float[]> dataset) {
      List<Integer> all = IntStream.range(0, dataset.size()).boxed().toList();
      return new Embeddings(
          all.stream().map(dataset::id).toList(),
          all.stream().mapToInt(dataset::label).toArray(),
          dataset.classNames(),
          embed(all.stream().map(dataset::get).toList()),
          List.of());
    }

    @Override
    public void close() {}
  }
}
