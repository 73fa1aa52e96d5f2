package dev.kindred.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;

/**
 * How an example becomes the views that an encoder sees, in two halves: on the host, decoded
 * examples are packed into tensors; in the graph, those tensors become views. Whatever is random
 * happens in the graph.
 *
 * @param <E> an example
 * @param <V> a view in the graph, of a whole batch; for images {@code Operand<TFloat32>} of shape
 *     {@code [batch, height, width, 3]}
 */
public interface ViewPipeline<E, V> {
  /** What kind of example this is for: {@code image}, {@code text}; a saved encoder states it. */
  String domain();

  /** The number of views made of each example, at least 1. */
  int views();

  /** The tensors that {@link #pack} makes and {@link #build} reads. */
  List<FeedSpec> feeds();

  /**
   * The host half: packs examples into tensors. Safe to call from several threads.
   *
   * @return one tensor for each of {@link #feeds}; the caller closes them
   */
  Feeds pack(List<E> examples);

  /**
   * The graph half: adds the operations that turn the fed tensors into {@link #views} views.
   *
   * @param tf where the operations go
   * @param feeds the placeholders by the names of {@link #feeds}
   * @param randomness where every random number comes from
   */
  List<V> build(Ops tf, Map<String, Operand<?>> feeds, Randomness randomness);

  /** How views are blended, for methods that ask for it; not at all unless the views say so. */
  default Optional<Mixing<V>> mixing() {
    return Optional.empty();
  }

  /** The same examples without randomness, as one view: what evaluation and embedding see. */
  ViewPipeline<E, V> inference();

  /**
   * Writes what {@link #settings} does not hold into the folder of a saved encoder, such as a
   * vocabulary; nothing unless there is something.
   */
  default void writeFiles(Path folder) {}

  /** Everything that defines these views, in JSON types, for a run's configuration. */
  Map<String, Object> settings();
}
