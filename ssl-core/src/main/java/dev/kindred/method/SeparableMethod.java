package dev.kindred.method;

import dev.kindred.nn.Network;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A method in two parts: a network that projects each view, and a comparison of the projections
 * that has no parameters. Only the comparison sees the batch as a whole, so that a step can take
 * the network chunk by chunk, and the batch is not bound by the memory of its activations.
 *
 * @see <a href="https://arxiv.org/abs/2101.06983">Gao et al. 2021, Scaling Deep Contrastive
 *     Learning Batch Size under Memory Limited Setup</a>
 */
public interface SeparableMethod extends Method {
  /**
   * Adds the encoder and the heads to the graph. Where the views are those of a chunk, so are the
   * batch statistics of {@link Network.Mode#TRAINING}.
   *
   * @param views {@link #views} views of some examples
   * @param <V> a view in the graph
   * @return the matrices that {@link #compare} takes, each with a row for each example
   */
  <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views);

  /**
   * Adds the loss to the graph.
   *
   * @param scope for labels and the like; no parameter may be made
   * @param projections what {@link #project} gives, of the whole batch
   */
  Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> projections);

  @Override
  default <V> Objective build(MethodScope<V> scope, List<V> views) {
    return compare(scope, scope.all(project(scope, views)));
  }
}
