package dev.kindred.method;

import java.util.List;
import java.util.Map;

/**
 * A self-supervised method: what is made of the views of a batch, and what is minimised. Immutable.
 */
public interface Method {
  /** The branch whose encoder is trained, kept and saved. */
  String ONLINE = "online";

  /** How many views of each example this method needs. */
  int views();

  /**
   * Adds heads and loss to the graph.
   *
   * @param views {@link #views} views of one batch
   * @param <V> a view in the graph
   */
  <V> Objective build(MethodScope<V> scope, List<V> views);

  /** Everything that defines this method, in JSON types; {@code name} is always there. */
  Map<String, Object> settings();
}
