package dev.kindred.text.data;

import dev.kindred.runtime.KindredException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a line becomes the parts of an example. */
interface RowFormat {
  /** A line that is one text. */
  RowFormat TEXT = (line, complaint) -> new Row(List.of(line.strip()), "");

  /** The parts of {@code line}, which holds something. */
  Row row(String line, Complaint complaint);

  /** Makes what is thrown when a line breaks a rule. */
  interface Complaint {
    /** The exception that says so. */
    KindredException about(String rule, @Nullable Exception cause);
  }
}
