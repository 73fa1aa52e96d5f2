package dev.kindred.evaluation;

import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows dealt into parts that are alike: the parts' sizes differ by one at most, and so do the
 * numbers of any one class in them.
 *
 * @param foldOf the part of each row
 */
record Folds(int[] foldOf) {

  /**
   * Deals the rows out in turn, class after class, each class in an order drawn from {@code seed}.
   */
  static Folds stratified(int[] classes, int count, long seed) {
    int[] order = IntStream.range(0, classes.length).toArray();
    Rows.shuffle(order, new Random(seed));
    int[] byClass =
        IntStream.of(order)
            .boxed()
            .sorted((a, b) -> Integer.compare(classes[a], classes[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] foldOf = new int[classes.length];
    for (int i = 0; i < byClass.length; i++) {
      foldOf[byClass[i]] = i % count;
    }
    return new Folds(foldOf);
  }

  /** The rows of the parts that {@code wanted} holds for, in their order. */
  int[] rows(IntPredicate wanted) {
    return IntStream.range(0, foldOf.length).filter(row -> wanted.test(foldOf[row])).toArray();
  }
}
