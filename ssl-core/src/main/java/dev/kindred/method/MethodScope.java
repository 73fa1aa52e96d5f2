package dev.kindred.method;

import dev.kindred.nn.Block;
import dev.kindred.nn.Encoder;
import dev.kindred.nn.Scope;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a method builds with: the encoder and the graph. Parameters are named {@code
 * branch/encoder/...} and {@code branch/head/...}.
 *
 * @param <V> a view in the graph
 */
public final class MethodScope<V> {
  private final Scope root;
  private final Encoder<V> encoder;

  /** Creates the scope of a method in the graph of {@code root}. */
  public MethodScope(Scope root, Encoder<V> encoder) {
    this.root = root;
    this.encoder = encoder;
  }

  /** The operations of the graph. */
  public Ops tf() {
    return root.tf();
  }

  /** The scope of {@code branch}, for parameters that are neither an encoder's nor a head's. */
  public Scope branch(String branch) {
    return root.child(branch);
  }

  /** The width of a representation. */
  public int dimension() {
    return encoder.dimension();
  }

  /**
   * The representations of several views, from one pass through the encoder of {@code branch}, so
   * that batch statistics are those of all views together.
   *
   * @return {@code [batch, dimension]} for each view
   */
  public List<Operand<TFloat32>> encode(String branch, List<V> views) {
    Scope scope = root.child(branch).child("encoder");
    return split(encoder.apply(scope, encoder.concat(tf(), views)), views.size());
  }

  /**
   * The outputs of {@code head} for several inputs of one size, from one pass.
   *
   * @param name what the head is: {@code projector}, {@code predictor}
   */
  public List<Operand<TFloat32>> head(
      String branch, String name, Block head, List<Operand<TFloat32>> inputs) {
    Scope scope = root.child(branch).child(name);
    return split(head.apply(scope, join(inputs)), inputs.size());
  }

  private Operand<TFloat32> join(List<Operand<TFloat32>> inputs) {
    return inputs.size() == 1 ? inputs.get(0) : tf().concat(inputs, tf().constant(0));
  }

  private List<Operand<TFloat32>> split(Operand<TFloat32> joined, int parts) {
    return parts == 1
        ? List.of(joined)
        : new ArrayList<>(tf().split(tf().constant(0), joined, (long) parts).output());
  }
}
