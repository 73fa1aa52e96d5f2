package dev.kindred.evaluation.report;

import java.util.List;

/** Pictures in strips: a query, then its neighbours. */
record Gallery(List<Strip> strips) {
  record Strip(Picture query, List<Picture> neighbours) {}

  /**
   * A picture with what is known of it.
   *
   * @param image a data URI, or empty
   * @param label the name of its class, or empty
   * @param similarity to the query, or empty for the query itself
   * @param verdict {@code right}, {@code wrong} or, where nothing is labelled, empty
   */
  record Picture(String id, String image, String label, String similarity, String verdict) {
    /** The verdict as a sign, so that it does not hang on colour alone. */
    String sign() {
      return switch (verdict) {
        case "right" -> "✓";
        case "wrong" -> "✗";
        default -> "";
      };
    }
  }
}
