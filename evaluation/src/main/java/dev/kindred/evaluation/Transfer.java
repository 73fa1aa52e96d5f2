package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transfer to other tasks by linear classifiers on frozen representations, after SentEval: no test
 * row has a say in the training or in the strength of the regularisation, which is the one of
 * {@code strengths} that classifies validation rows best, of equally good ones the first.
 *
 * <p>A task comes as its authors split it: as one set ({@link #crossValidate}: MR, CR, SUBJ), as
 * training and test rows ({@link #evaluate(Embeddings, Embeddings)}: TREC, MRPC), or with
 * validation rows besides ({@link #evaluate(Embeddings, Embeddings, Embeddings)}: SST-2). Pairs
 * become rows by {@link PairFeatures}. Where there are no validation rows, one of {@code folds}
 * parts of the training rows serves, and the classifier is then trained again on all of them;
 * SentEval goes through every part in turn, which takes {@code folds} times as long.
 *
 * <p>Same seed, same result, on one machine; safe for use from several threads.
 *
 * <p>Conneau and Kiela, <a href="https://arxiv.org/abs/1803.05449">SentEval: An Evaluation Toolkit
 * for Universal Sentence Representations</a> (2018).
 *
 * @param probe what trains the classifiers; its own strength is not used
 * @param strengths of the L2 regularisation to choose from, each above 0, one or more
 * @param folds into how many parts rows are divided, at least 3
 * @param seed what the division derives from
 */
public record Transfer(LogisticProbe probe, List<Double> strengths, int folds, long seed) {
  /** Five powers of ten, the strongest first, for standardised features. */
  public static final List<Double> DEFAULT_STRENGTHS = List.of(1000.0, 100.0, 10.0, 1.0, 0.1);

  /** SentEval's {@code C = 1/l2} of {@code 2^-2} to {@code 2^5}, for features as they are. */
  public static final List<Double> SENT_EVAL_STRENGTHS =
      List.of(4.0, 2.0, 1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125);

  /** 10 parts, as in Conneau and Kiela (2018). */
  public static final int DEFAULT_FOLDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

  /** A classifier, and how it did on validation rows. */
  private record Candidate(LinearClassifier classifier, double l2, double accuracy) {}

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if there is no strength or one is not above 0, or {@code
   *     folds} is below 3
   */
  public Transfer {
    Require.that(!strengths.isEmpty(), "strengths", "one or more", "none");
    strengths.forEach(strength -> Require.positive("each of strengths", strength));
    Require.that(folds >= 3, "folds", ">= 3 (to test, to validate, to train)", folds);
    strengths = List.copyOf(strengths);
  }

  /** Standardised features, on which strengths mean the same whatever the encoder's scale. */
  public static Transfer defaults(long seed) {
    return new Transfer(LogisticProbe.defaults(), DEFAULT_STRENGTHS, DEFAULT_FOLDS, seed);
  }

  /** Features as they are, and SentEval's strengths, to compare with published numbers. */
  public static Transfer sentEval(long seed) {
    LogisticProbe raw = new LogisticProbe(1, false, LogisticProbe.DEFAULT_MAX_ITERATIONS);
    return new Transfer(raw, SENT_EVAL_STRENGTHS, DEFAULT_FOLDS, seed);
  }

  /**
   * Chooses on a part of the training rows, trains on all of them, and tests.
   *
   * @param training labelled rows, of two classes at least and two rows of each
   * @param test labelled rows; a class here is the training rows' of the same name
   * @throws KindredException if the rows are not so, or differ in width
   */
  public TransferResult evaluate(Embeddings training, Embeddings test) {
    Labelled.requireComparable(training, "test rows", test);
    Folds parts = divide("training rows", training, 2);
    return evaluate(
        training.select(parts.rows(part -> part != 0)),
        training.select(parts.rows(part -> part == 0)),
        chosen -> probe.withL2(chosen.l2).fit(training),
        test);
  }

  /**
   * Chooses on validation rows, and tests what was trained on the training rows alone.
   *
   * @param training labelled rows, of two classes at least
   * @param validation labelled rows; a class here is the training rows' of the same name
   * @param test labelled rows; a class here is the training rows' of the same name
   * @throws KindredException if the rows are not so, or differ in width
   */
  public TransferResult evaluate(Embeddings training, Embeddings validation, Embeddings test) {
    Labelled.requireComparable(training, "validation rows", validation);
    Labelled.requireComparable(training, "test rows", test);
    return evaluate(training, validation, Candidate::classifier, test);
  }

  /**
   * Tests each of {@code folds} parts on what was trained on the others, where the next part
   * chooses. The parts are alike in size and in the share of each class.
   *
   * @param rows labelled, of two classes at least and three rows of each
   * @throws KindredException if the rows are not so
   */
  public CrossValidation crossValidate(Embeddings rows) {
    Folds parts = divide("rows", rows, 3);
    List<TransferResult> results = new ArrayList<>();
    for (int part = 0; part < folds; part++) {
      results.add(fold(rows, parts, part));
    }
    return new CrossValidation(results);
  }

  private TransferResult fold(Embeddings rows, Folds parts, int tested) {
    int chooses = (tested + 1) % folds;
    Embeddings others = rows.select(parts.rows(part -> part != tested));
    return evaluate(
        rows.select(parts.rows(part -> part != tested && part != chooses)),
        rows.select(parts.rows(part -> part == chooses)),
        chosen -> probe.withL2(chosen.l2).fit(others),
        rows.select(parts.rows(part -> part == tested)));
  }

  private TransferResult evaluate(
      Embeddings training,
      Embeddings validation,
      Function<Candidate, LinearClassifier> last,
      Embeddings test) {
    Candidate chosen = choose(training, validation);
    LOG.debug("strength {}: accuracy {} on validation rows", chosen.l2, chosen.accuracy);
    return new TransferResult(last.apply(chosen).evaluate(test), chosen.l2, chosen.accuracy);
  }

  private Candidate choose(Embeddings training, Embeddings validation) {
    return strengths.stream()
        .map(strength -> candidate(strength, training, validation))
        .reduce((best, next) -> next.accuracy > best.accuracy ? next : best)
        .orElseThrow();
  }

  private Candidate candidate(double strength, Embeddings training, Embeddings validation) {
    LinearClassifier classifier = probe.withL2(strength).fit(training);
    return new Candidate(classifier, strength, classifier.evaluate(validation).accuracy());
  }

  /** So that every class has a row left to train on, it must have {@code least}. */
  private Folds divide(String role, Embeddings rows, int least) {
    Labelled labelled = Labelled.of(role, rows).severalClasses();
    if (rows.size() < folds) {
      throw new KindredException(
          "%s: must be at least %d to be divided into as many parts, were %d; add rows"
              .formatted(role, folds, rows.size()));
    }
    labelled.classes().forEach(name -> requireEnough(labelled, name, least));
    return Folds.stratified(labelled.indices(), folds, seed);
  }

  private static void requireEnough(Labelled labelled, String className, int least) {
    int count = Collections.frequency(labelled.classOf(), className);
    if (count < least) {
      throw new KindredException(
          "%s: every class must have at least %d rows, but %s has %d; add rows or leave it out"
              .formatted(labelled.role(), least, className, count));
    }
  }
}
