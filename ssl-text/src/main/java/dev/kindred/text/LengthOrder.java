package dev.kindred.text;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * An order in which texts of like length are beside each other, so that little of a batch is
 * padding: sorted within windows, so that a corpus is still read almost from its start to its end.
 *
 * @param rows the places of the texts, each once
 */
record LengthOrder(int[] rows) {
  /** Many batches, and a small part of a large corpus. */
  static final int WINDOW = 8192;

  /** The order of a list. */
  static LengthOrder of(List<TextExample> texts) {
    return of(texts.size(), row -> length(texts.get(row)));
  }

  /** The order of a set, each text of which is read once, on all processors. */
  static LengthOrder of(Dataset<TextExample> texts) {
    return of(texts.size(), row -> length(texts, row));
  }

  /** The list in this order. */
  List<TextExample> sorted(List<TextExample> texts) {
    List<TextExample> sorted = new ArrayList<>(rows.length);
    for (int row : rows) {
      sorted.add(texts.get(row));
    }
    return sorted;
  }

  /** What was made of a list in this order, in the order of the list. */
  float[][] restored(float[][] vectors) {
    float[][] restored = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      restored[rows[i]] = vectors[i];
    }
    return restored;
  }

  /** What was made of {@code texts} in this order, of some perhaps nothing, in their own order. */
  Embeddings restored(Embeddings embeddings, Dataset<TextExample> texts) {
    int[] placeOf = new int[rows.length];
    Arrays.fill(placeOf, -1);
    int place = 0;
    for (int row : rows) {
      if (place < embeddings.size() && embeddings.ids().get(place).equals(texts.id(row))) {
        placeOf[row] = place++;
      }
    }
    return embeddings.select(Arrays.stream(placeOf).filter(at -> at >= 0).toArray());
  }

  private static LengthOrder of(int count, IntUnaryOperator length) {
    int[] lengths = IntStream.range(0, count).parallel().map(length).toArray();
    return new LengthOrder(
        IntStream.iterate(0, from -> from < count, from -> from + WINDOW)
            .flatMap(from -> window(from, Math.min(from + WINDOW, count), lengths))
            .toArray());
  }

  private static IntStream window(int from, int end, int[] lengths) {
    return IntStream.range(from, end)
        .boxed()
        .sorted(Comparator.comparingInt(row -> lengths[row]))
        .mapToInt(Integer::intValue);
  }

  private static int length(Dataset<TextExample> texts, int row) {
    try {
      return length(texts.get(row));
    } catch (CorruptExampleException e) {
      return 0; // whoever embeds it finds that out, and says so
    }
  }

  private static int length(TextExample text) {
    return text.parts().get(0).length();
  }
}
