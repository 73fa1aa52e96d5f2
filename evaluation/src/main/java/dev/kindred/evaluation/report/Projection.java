package dev.kindred.evaluation.report;

/** How a report's map lays representations out in the plane. */
public enum Projection {
  /**
   * The two directions of largest variance: distances mean what they say, but only in these two.
   */
  PRINCIPAL_COMPONENTS,

  /**
   * t-SNE (van der Maaten 2014): neighbours stay neighbours, distances between groups mean nothing.
   * Its time grows with the square of the points, and it takes some seconds for 2,000.
   */
  TSNE
}
