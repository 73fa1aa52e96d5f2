package dev.kindred.evaluation.report;

import java.io.IOException;

/** Gives small pictures of examples to a report, which itself knows no images. */
@FunctionalInterface
public interface Thumbnails {
  /** For examples that have no picture, such as sentences: the report shows their ids instead. */
  Thumbnails NONE = id -> new byte[0];

  /**
   * A picture of the example called {@code id}, as the bytes of a PNG or JPEG file; empty if there
   * is none. It goes into the report as it is, so it should be small: 96 pixels wide is plenty.
   *
   * @throws IOException if the picture cannot be read
   */
  byte[] picture(String id) throws IOException;
}
