package dev.kindred.text.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.data.Randomness;
import dev.kindred.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;

/** Changes of texts in a graph of their own, to be run at several steps. */
final class Changed implements AutoCloseable {
  private static final int PADDING = 99;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Placeholder<TInt32> seed = placeholder(Shape.of(2));
  private final Placeholder<TInt32> ids = placeholder(Shape.of(-1, -1));
  private final Placeholder<TInt32> words = placeholder(Shape.of(-1, -1));
  private final Placeholder<TInt32> lengths = placeholder(Shape.of(-1));
  private final Tokens changed;
  private final Session session;

  Changed(TextAugmentation... changes) {
    this((tf, randomness) -> randomness, changes);
  }

  private Changed(BiFunction<Ops, Randomness, Randomness> rows, TextAugmentation... changes) {
    Randomness randomness = rows.apply(tf, new Randomness(tf, seed));
    Tokens tokens = new Tokens(ids, words, lengths);
    for (int i = 0; i < changes.length; i++) {
      tokens = changes[i].apply(tf, tokens, randomness.child("change" + i));
    }
    changed = // what is fed cannot be fetched
        new Tokens(
            tf.identity(tokens.ids()), tf.identity(tokens.words()), tf.identity(tokens.lengths()));
    session = new Session(graph);
  }

  /** Sees only rows of a batch of {@code batchSize}, from {@code first} on. */
  static Changed chunk(int first, int batchSize, TextAugmentation... changes) {
    return new Changed(
        (tf, randomness) -> randomness.rows(tf.constant(first), tf.constant(batchSize)), changes);
  }

  /** Many draws of one text. */
  List<Text> draws(int count, Text text) {
    return run(0, Collections.nCopies(count, text));
  }

  Text one(int step, Text text) {
    return run(step, List.of(text)).get(0);
  }

  List<Text> run(int step, List<Text> texts) {
    int width = Math.max(1, texts.stream().mapToInt(Text::length).max().orElse(1));
    int[] counts = texts.stream().mapToInt(Text::length).toArray();
    try (TInt32 key = TInt32.vectorOf(7, step);
        TInt32 fedIds = matrix(texts, width, Text::ids, PADDING);
        TInt32 fedWords = matrix(texts, width, Text::words, -1);
        TInt32 fedLengths = TInt32.vectorOf(counts);
        Result result =
            session
                .runner()
                .feed(seed, key)
                .feed(ids, fedIds)
                .feed(words, fedWords)
                .feed(lengths, fedLengths)
                .fetch(changed.ids())
                .fetch(changed.words())
                .fetch(changed.lengths())
                .run()) {
      int[] after = StdArrays.array1dCopyOf((TInt32) result.get(2));
      int[][] allIds = StdArrays.array2dCopyOf((TInt32) result.get(0));
      int[][] allWords = StdArrays.array2dCopyOf((TInt32) result.get(1));
      return IntStream.range(0, after.length)
          .mapToObj(i -> text(allIds[i], allWords[i], after[i]))
          .toList();
    }
  }

  /** What is behind the text must be of no word. */
  private static Text text(int[] ids, int[] words, int length) {
    assertThat(Arrays.stream(words).skip(length)).allMatch(word -> word == -1);
    return new Text(first(ids, length), first(words, length));
  }

  private static List<Integer> first(int[] values, int count) {
    return Arrays.stream(values, 0, count).boxed().toList();
  }

  private static TInt32 matrix(
      List<Text> texts, int width, Function<Text, List<Integer>> values, int filler) {
    int[][] rows = new int[texts.size()][];
    for (int i = 0; i < rows.length; i++) {
      List<Integer> row = new ArrayList<>(values.apply(texts.get(i)));
      row.addAll(Collections.nCopies(width - row.size(), filler));
      rows[i] = row.stream().mapToInt(Integer::intValue).toArray();
    }
    return TInt32.tensorOf(StdArrays.ndCopyOf(rows));
  }

  private Placeholder<TInt32> placeholder(Shape shape) {
    return tf.placeholder(TInt32.class, Placeholder.shape(shape));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
