package dev.kindred.data;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * An epoch's order in which examples that share a key are in different batches.
 *
 * @param order the examples, batch after batch, then those that are in none
 * @param alike how many examples share a key with one before them in their batch all the same
 */
record DistinctBatches(int[] order, int alike) {
  /**
   * How many places a batch looks at for examples to exchange, for each it holds. It finds all it
   * needs unless nearly everything is alike, and ends soon where everything is.
   */
  private static final int LOOKS_AN_EXAMPLE = 16;

  /**
   * Takes an order apart, as a pure function of its arguments.
   *
   * <ol>
   *   <li>The batches are filled one after the other. An example that shares no key with those
   *       before it in its batch stays.
   *   <li>One that does is exchanged with an example at a random place in another batch, or in
   *       none, which shares no key with those before it here. If that place is in an earlier
   *       batch, which is settled, the exchange must not put equal examples together there; if it
   *       is in a later one, that batch will see to it.
   *   <li>When a batch has looked at enough places, the examples stay as they are and count as
   *       alike.
   * </ol>
   *
   * @param order a permutation; taken over
   * @param used how many of its examples are in a batch
   */
  static DistinctBatches of(
      int[] order, int used, int batchSize, IntFunction<long[]> keys, SplittableRandom random) {
    Filling filling = new Filling(order, batchSize, keys, random);
    for (int first = 0; first < used; first += batchSize) {
      filling.fill(first);
    }
    return new DistinctBatches(
        order,
        IntStream.range(0, used / batchSize).map(batch -> filling.alike(batch * batchSize)).sum());
  }

  /** The work on one order. */
  private record Filling(
      int[] order, int batchSize, IntFunction<long[]> keys, SplittableRandom random) {

    /** Fills the batch that starts at {@code first}. */
    void fill(int first) {
      Set<Long> seen = new HashSet<>();
      int looks = LOOKS_AN_EXAMPLE * batchSize;
      for (int place = first; place < first + batchSize; place++) {
        while (!fits(seen, order[place]) && looks > 0) {
          looks--;
          exchange(seen, place, first);
        }
        add(seen, order[place]);
      }
    }

    /** How many examples of the batch share a key with one before them. */
    int alike(int first) {
      Set<Long> seen = new HashSet<>();
      int alike = 0;
      for (int place = first; place < first + batchSize; place++) {
        alike += fits(seen, order[place]) ? 0 : 1;
        add(seen, order[place]);
      }
      return alike;
    }

    /** Exchanges the example at {@code place} with that at a random place, if that helps. */
    private void exchange(Set<Long> seen, int place, int first) {
      int other = random.nextInt(order.length);
      boolean elsewhere = other < first || other >= first + batchSize;
      if (elsewhere && fits(seen, order[other]) && (other > place || fitsAt(other, order[place]))) {
        int moved = order[place];
        order[place] = order[other];
        order[other] = moved;
      }
    }

    /** Whether {@code example} may take a place in a batch that is settled. */
    private boolean fitsAt(int place, int example) {
      Set<Long> others = new HashSet<>();
      int first = place - place % batchSize;
      for (int i = first; i < first + batchSize; i++) {
        if (i != place) {
          add(others, order[i]);
        }
      }
      return fits(others, example);
    }

    private boolean fits(Set<Long> seen, int example) {
      for (long key : keys.apply(example)) {
        if (seen.contains(key)) {
          return false;
        }
      }
      return true;
    }

    private void add(Set<Long> seen, int example) {
      for (long key : keys.apply(example)) {
        seen.add(key);
      }
    }
  }
}
