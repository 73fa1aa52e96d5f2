package dev.kindred.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;

/** The placeholders through which a batch enters a graph. */
public final class Placeholders {
  private Placeholders() {}

  /** Adds one placeholder for each of {@code specs}, under its name. */
  public static Map<String, Operand<?>> of(Ops tf, List<FeedSpec> specs) {
    Map<String, Operand<?>> placeholders = new LinkedHashMap<>();
    for (FeedSpec spec : specs) {
      placeholders.put(
          spec.name(),
          tf.withName(spec.name()).placeholder(spec.type(), Placeholder.shape(spec.shape())));
    }
    return placeholders;
  }
}
