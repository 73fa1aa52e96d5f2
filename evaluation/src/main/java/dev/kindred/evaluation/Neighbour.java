package dev.kindred.evaluation;

/**
 * A row of a bank that was found near a query.
 *
 * @param row its place in the bank
 * @param id its name
 * @param similarity its cosine with the query, in {@code [-1, 1]}
 */
public record Neighbour(int row, String id, double similarity) {}
