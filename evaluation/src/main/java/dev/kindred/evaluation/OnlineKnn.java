package dev.kindred.evaluation;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.EpochEvaluator;
import java.util.Map;

/**
 * Follows an encoder by {@link Knn} while it is being trained: embeds a bank and queries, and
 * reports {@value #ACCURACY}. Choosing a run's best epoch by queries from the test set flatters;
 * hold some training examples out for that.
 *
 * @param <E> an example
 */
public final class OnlineKnn<E> implements EpochEvaluator<E> {
  /** The metric's name. */
  public static final String ACCURACY = "knn_accuracy";

  private final Dataset<E> bank;
  private final Dataset<E> queries;
  private final Knn knn;

  /**
   * Checks the labels now, before hours of training.
   *
   * @param bank the labelled examples that vote; stays the caller's
   * @param queries the labelled examples to classify; stays the caller's
   * @throws KindredException if an example has no label, the bank has one class only, or a query's
   *     class does not occur in the bank
   */
  public OnlineKnn(Dataset<E> bank, Dataset<E> queries, Knn knn) {
    Labelled known = Labelled.of("bank", bank).severalClasses();
    Labelled.of("queries", queries).indicesIn(known);
    this.bank = bank;
    this.queries = queries;
    this.knn = knn;
  }

  /** As the other constructor, with {@link Knn#defaults}. */
  public OnlineKnn(Dataset<E> bank, Dataset<E> queries) {
    this(bank, queries, Knn.defaults());
  }

  @Override
  public Map<String, Double> evaluate(Embedder<E> encoder) {
    return Map.of(ACCURACY, knn.evaluate(encoder.embed(bank), encoder.embed(queries)).accuracy());
  }
}
