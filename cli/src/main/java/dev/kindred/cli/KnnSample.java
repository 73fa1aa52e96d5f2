package dev.kindred.cli;

import dev.kindred.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Two parts of one labelled set, drawn at random but always the same: a bank that votes and queries
 * to classify. They share no example, and every query's class is in the bank.
 *
 * @param bankRows at most {@link #BANK} indices
 * @param queryRows at most {@link #QUERIES} indices
 */
record KnnSample(int[] bankRows, int[] queryRows) {
  static final int BANK = 5000;
  static final int QUERIES = 1000;

  /** The queries are at most one in six, as CIFAR's test images are. */
  private static final int QUERY_SHARE = 6;

  /** The sample of {@code data}, if it is labelled and has two classes to tell apart. */
  static Optional<KnnSample> of(Dataset<?> data) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, data.size()).boxed().toList());
    Collections.shuffle(order, new Random(0));
    int queries = Math.min(QUERIES, data.size() / QUERY_SHARE);
    int bank = Math.min(BANK, data.size() - queries);
    int[] bankRows = rows(order.subList(0, bank));
    Set<Integer> classes = new TreeSet<>();
    Arrays.stream(bankRows).map(data::label).forEach(classes::add);
    int[] queryRows =
        Arrays.stream(rows(order.subList(bank, bank + queries)))
            .filter(row -> classes.contains(data.label(row)))
            .toArray();
    boolean usable =
        !classes.contains(Dataset.NO_LABEL) && classes.size() >= 2 && queryRows.length > 0;
    return usable ? Optional.of(new KnnSample(bankRows, queryRows)) : Optional.empty();
  }

  <E> Dataset<E> bank(Dataset<E> data) {
    return data.subset(bankRows);
  }

  <E> Dataset<E> queries(Dataset<E> data) {
    return data.subset(queryRows);
  }

  private static int[] rows(List<Integer> indices) {
    return indices.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
