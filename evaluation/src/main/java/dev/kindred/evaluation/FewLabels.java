package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a representation is worth where labels are few: a classifier learns from a small part of the
 * training rows and is tested on all test rows, again and again with other parts, since which rows
 * are drawn matters as much as what they teach. Rows of each class are drawn without replacement;
 * repetition {@code i} of one seed draws the same rows for every encoder, so that encoders are
 * compared on equal terms. Same seed, same result.
 *
 * <pre>{@code
 * Repeated few = FewLabels.of(LabelBudget.share(0.01)).evaluate(LinearProbe.logistic(), train, test);
 * few.mean("accuracy");      // and few.interval("accuracy")
 * }</pre>
 *
 * @param budget how many rows of each class
 * @param repeats how many times, at least 2, for an interval needs as many
 * @param seed what the drawing derives from
 */
public record FewLabels(LabelBudget budget, int repeats, long seed) {
  /** Ten repetitions. */
  public static final int DEFAULT_REPEATS = 10;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if {@code repeats} is below 2
   */
  public FewLabels {
    Require.that(repeats >= 2, "repeats", ">= 2 (an interval needs as many)", repeats);
  }

  /** {@value #DEFAULT_REPEATS} repetitions from seed 0. */
  public static FewLabels of(LabelBudget budget) {
    return new FewLabels(budget, DEFAULT_REPEATS, 0);
  }

  /**
   * Trains and tests.
   *
   * @param training labelled rows, of two classes at least
   * @param test labelled rows; a class here is the training rows' of the same name
   * @throws dev.kindred.runtime.KindredException as {@link Classifier#evaluate}, and if a class has
   *     fewer rows than the budget asks for
   */
  public Repeated evaluate(Classifier classifier, Embeddings training, Embeddings test) {
    Labelled.requireComparable(training, "test rows", test);
    Labelled labelled = Labelled.of("training rows", training).severalClasses();
    Random random = new Random(seed);
    List<Classification> runs = new ArrayList<>();
    int drawn = 0;
    for (int i = 0; i < repeats; i++) {
      int[] rows = draw(labelled, random);
      drawn = rows.length;
      runs.add(classifier.evaluate(training.select(rows), test));
    }
    return new Repeated(runs, drawn);
  }

  private int[] draw(Labelled labelled, Random random) {
    int[] classes = labelled.indices();
    int[] order = IntStream.range(0, classes.length).toArray();
    Rows.shuffle(order, random);
    int[] wanted = new int[labelled.classes().size()];
    Arrays.stream(classes).forEach(one -> wanted[one]++);
    Arrays.setAll(wanted, i -> budget.of(labelled.classes().get(i), wanted[i]));
    return Arrays.stream(order).filter(row -> wanted[classes[row]]-- > 0).sorted().toArray();
  }
}
