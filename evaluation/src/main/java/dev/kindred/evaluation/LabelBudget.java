package dev.kindred.evaluation;

import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.Locale;

/** How many labelled rows of each class one can afford. */
public sealed interface LabelBudget {

  /**
   * The same number of every class: few-shot classification.
   *
   * @param count at least 1
   */
  static LabelBudget shots(int count) {
    return new Shots(count);
  }

  /**
   * The same share of every class, at least one row of each: the semi-supervised protocol of 1 %
   * and 10 % (Chen et al. 2020, SimCLR, section 6).
   *
   * @param share in {@code (0, 1]}
   */
  static LabelBudget share(double share) {
    return new Share(share);
  }

  /**
   * How many rows of a class to draw.
   *
   * @param className the class
   * @param available how many rows it has, at least 1
   * @throws KindredException if those are too few
   */
  int of(String className, int available);

  /** The same number of every class. */
  record Shots(int count) implements LabelBudget {
    /** Checks the number. */
    public Shots {
      Require.atLeastOne("shots", count);
    }

    @Override
    public int of(String className, int available) {
      if (available < count) {
        throw new KindredException(
            "training rows: every class must have %d rows to draw from, but %s has %d; add rows or ask for fewer shots"
                .formatted(count, className, available));
      }
      return count;
    }

    @Override
    public String toString() {
      return count + (count == 1 ? " row of each class" : " rows of each class");
    }
  }

  /** The same share of every class. */
  record Share(double share) implements LabelBudget {
    /** Checks the share. */
    public Share {
      Require.that(share > 0 && share <= 1, "share", "in (0, 1]", share);
    }

    @Override
    public int of(String className, int available) {
      return Math.max(1, (int) Math.round(share * available));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s %% of each class", 100 * share);
    }
  }
}
