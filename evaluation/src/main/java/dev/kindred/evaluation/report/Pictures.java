package dev.kindred.evaluation.report;

/** Pictures as data URIs, until they weigh so much together that nobody would send them around. */
final class Pictures {
  private final Thumbnails thumbnails;
  private int budget;
  private int given;

  /**
   * Pictures of one section.
   *
   * @param budget the characters after which there are no more
   */
  Pictures(Thumbnails thumbnails, int budget) {
    this.thumbnails = thumbnails;
    this.budget = budget;
  }

  /** As {@link DataUri#of}, but empty once the budget is spent. */
  String of(String id) {
    String uri = budget > 0 ? DataUri.of(id, thumbnails) : "";
    budget -= uri.length();
    given += uri.isEmpty() ? 0 : 1;
    return uri;
  }

  /** How many were not empty. */
  int given() {
    return given;
  }
}
