package dev.kindred.evaluation;

import java.util.Comparator;

/**
 * A row of a bank that was found near a query.
 *
 * @param row its place in the bank
 * @param id its name
 * @param similarity its cosine with the query, in {@code [-1, 1]}
 */
public record Neighbour(int row, String id, double similarity) {
  /** The higher similarity first, of equal ones the earlier row. */
  static final Comparator<Neighbour> NEAREST_FIRST =
      Comparator.comparingDouble(Neighbour::similarity).reversed().thenComparingInt(Neighbour::row);
}
