package dev.kindred.method;

import java.util.List;
import java.util.Map;

/**
 * A self-supervised method: what is made of the views of a batch, and what is minimised. Immutable.
 */
public interface Method {
  /** The branch whose encoder is trained, kept and saved. */
  String ONLINE = "online";

  /** The branch whose weights follow those of {@link #ONLINE}, where a method has one. */
  String MOMENTUM = "momentum";

  /**
   * How many views of each example this method needs at least, two unless it says otherwise; it is
   * given all that there are.
   */
  default int views() {
    return 2;
  }

  /**
   * Adds heads and loss to the graph.
   *
   * @param views {@link #views} views of one batch or more
   * @param <V> a view in the graph
   */
  <V> Objective build(MethodScope<V> scope, List<V> views);

  /** Whether {@link MethodScope#labels} are used, so that the data must have some. */
  default boolean needsLabels() {
    return false;
  }

  /**
   * Checks that the method can work with batches of that size.
   *
   * @throws IllegalArgumentException if it cannot
   */
  default void requireBatch(int batchSize) {}

  /** Everything that defines this method, in JSON types; {@code name} is always there. */
  Map<String, Object> settings();
}
