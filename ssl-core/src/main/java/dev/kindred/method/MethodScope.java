package dev.kindred.method;

import dev.kindred.data.Mixed;
import dev.kindred.data.Share;
import dev.kindred.nn.Block;
import dev.kindred.nn.Encoder;
import dev.kindred.nn.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a method builds with: the encoder, the graph, and what is fed beside the views. Parameters
 * are named {@code branch/encoder/...} and {@code branch/head/...}. The branch {@link
 * Method#MOMENTUM} starts as {@link Method#ONLINE}, and neither gradient nor optimizer reaches it.
 *
 * @param <V> a view in the graph
 */
public final class MethodScope<V> {
  private final Scope root;
  private final Encoder<V> encoder;
  private final Operand<TFloat32> progress;
  private final Operand<TInt32> labels;
  private final Exchange exchange;
  private final Function<V, Mixed<V>> mixing;
  private final List<Operand<TFloat32>> represented = new ArrayList<>();
  private final List<Operand<TFloat32>> projected = new ArrayList<>();

  /** The same for a process that is alone. */
  public MethodScope(
      Scope root,
      Encoder<V> encoder,
      Operand<TFloat32> progress,
      Operand<TInt32> labels,
      Function<V, Mixed<V>> mixing) {
    this(root, encoder, progress, labels, mixing, Share.whole(1));
  }

  /**
   * Creates the scope of a method in the graph of {@code root}.
   *
   * @param progress the share of the run that is done, a scalar
   * @param labels the class of each example, {@code [batch]}
   * @param mixing how views are blended; throws IllegalArgumentException where they cannot be
   * @param share which part of each batch the views are of
   */
  public MethodScope(
      Scope root,
      Encoder<V> encoder,
      Operand<TFloat32> progress,
      Operand<TInt32> labels,
      Function<V, Mixed<V>> mixing,
      Share share) {
    this.root = root;
    this.encoder = encoder;
    this.progress = progress;
    this.labels = labels;
    this.mixing = mixing;
    exchange = new Exchange(root.tf(), share, labels);
  }

  /** The operations of the graph. */
  public Ops tf() {
    return root.tf();
  }

  /** The scope of {@code branch}, for parameters that are neither an encoder's nor a head's. */
  public Scope branch(String branch) {
    Scope scope = root.child(branch);
    return branch.equals(Method.MOMENTUM) ? scope.startingAs(root.child(Method.ONLINE)) : scope;
  }

  /** The network that is trained, for methods that need more of it than representations. */
  public Encoder<V> encoder() {
    return encoder;
  }

  /** Where {@link #encode} builds the encoder of {@code branch}: what is applied here shares it. */
  public Scope encoderScope(String branch) {
    return branch(branch).child("encoder");
  }

  /** The width of a representation. */
  public int dimension() {
    return encoder.dimension();
  }

  /** The share of the run that is done before this step, a scalar in {@code [0, 1)}. */
  public Operand<TFloat32> progress() {
    return progress;
  }

  /** Whether less than {@code share} of the run is done before this step, a scalar. */
  public Operand<TBool> before(double share) {
    return tf().math.less(progress, tf().constant((float) share));
  }

  /**
   * The class of each example of the whole batch, {@code [batch]}, as {@link #all} would give it;
   * only for methods that need labels.
   */
  public Operand<TInt32> labels() {
    Ops tf = tf();
    return exchange.shared()
        ? tf.dtypes.cast(all(tf.dtypes.cast(labels, TFloat32.class)), TInt32.class)
        : labels;
  }

  /**
   * The rows of the whole batch, of which a worker of several sees its share: what a loss compares,
   * and what a queue or a centre takes in. The whole loss is then the same at every worker, its
   * gradient goes to the worker's own rows, and the gradients of all workers add up to that of one
   * process. Nothing that is trained may come after this.
   *
   * @param own {@code [rows, width]} or {@code [rows]}, a row for each example of this worker
   * @return {@code own} where there are no other workers
   */
  public Operand<TFloat32> all(Operand<TFloat32> own) {
    return exchange.all(own);
  }

  /** The same of several. */
  public List<Operand<TFloat32>> all(List<Operand<TFloat32>> own) {
    return own.stream().map(this::all).toList();
  }

  /**
   * The mean over the whole batch, for losses whose terms do not know of each other.
   *
   * @param own the mean of this worker's terms, a scalar
   * @param count how many these are, a scalar
   */
  public Operand<TFloat32> mean(Operand<TFloat32> own, Operand<TFloat32> count) {
    return exchange.mean(own, count);
  }

  /** What {@link #all} and {@link #mean} have exchanged, to be waited for before anything moves. */
  public List<Op> exchanged() {
    return List.copyOf(exchange.done());
  }

  /**
   * This view of each example, blended with that of the one before it.
   *
   * @throws IllegalArgumentException if these views cannot be blended, or there are other workers
   */
  public Mixed<V> mixed(V view) {
    if (exchange.shared()) {
      throw new IllegalArgumentException(
          "methods that blend examples train with one worker only; choose another method, or one worker");
    }
    return mixing.apply(view);
  }

  /** What {@link #encode} gave for the views of the online branch, in the order of the calls. */
  public List<Operand<TFloat32>> represented() {
    return List.copyOf(represented);
  }

  /** What the first {@link #head} of the online branch gave, for each of its inputs. */
  public List<Operand<TFloat32>> projected() {
    return List.copyOf(projected);
  }

  /**
   * The representations of several views by the encoder of {@code branch}. Neighbours of one shape
   * go through it in one pass, so that batch statistics are those of all these views together.
   *
   * @return {@code [batch, dimension]} for each view; without gradient in the momentum branch
   */
  public List<Operand<TFloat32>> encode(String branch, List<V> views) {
    return encode(branch, views, NormGroups.WHOLE);
  }

  /** The same with batch statistics of a part of each view only. */
  List<Operand<TFloat32>> encode(String branch, List<V> views, NormGroups groups) {
    List<V> ordered = views.stream().map(view -> groups.order(tf(), encoder, view)).toList();
    List<Operand<TFloat32>> representations =
        groups.restore(tf(), encodeOrdered(encoderScope(branch), branch, ordered, groups));
    if (branch.equals(Method.ONLINE)) {
      represented.addAll(representations);
    }
    return representations;
  }

  /** The same by the momentum branch, with nothing random in the network, such as dropout. */
  List<Operand<TFloat32>> encodeStill(List<V> views) {
    Scope still = encoderScope(Method.MOMENTUM).still();
    return encodeOrdered(still, Method.MOMENTUM, views, NormGroups.WHOLE);
  }

  private List<Operand<TFloat32>> encodeOrdered(
      Scope scope, String branch, List<V> views, NormGroups groups) {
    List<Operand<TFloat32>> representations = new ArrayList<>();
    int done = 0;
    while (done < views.size()) {
      int end = done + 1;
      while (end < views.size() && encoder.alike(views.get(done), views.get(end))) {
        end++;
      }
      List<V> alike = views.subList(done, end);
      V all = alike.size() == 1 ? alike.get(0) : encoder.concat(tf(), alike);
      Operand<TFloat32> joined = encoder.apply(scope.normGroups(groups.of(alike.size())), all);
      representations.addAll(split(cut(branch, joined), alike.size()));
      done = end;
    }
    return representations;
  }

  /**
   * The outputs of {@code head} for several inputs of one size, from one pass.
   *
   * @param name what the head is: {@code projector}, {@code predictor}
   */
  public List<Operand<TFloat32>> head(
      String branch, String name, Block head, List<Operand<TFloat32>> inputs) {
    Operand<TFloat32> joined = head.apply(branch(branch).child(name), join(inputs));
    List<Operand<TFloat32>> outputs = split(cut(branch, joined), inputs.size());
    if (branch.equals(Method.ONLINE) && projected.isEmpty()) {
      projected.addAll(outputs);
    }
    return outputs;
  }

  /** The outputs of {@code projector} for the representations of several views. */
  public List<Operand<TFloat32>> project(String branch, Block projector, List<V> views) {
    return head(branch, "projector", projector, encode(branch, views));
  }

  /**
   * Lets the momentum branch, which must be built, follow the online one, whenever the optimizer
   * has moved that. Batch normalisation's running statistics are each branch's own: both see every
   * batch.
   */
  public void follow(Momentum momentum) {
    branch(Method.MOMENTUM).follow(branch(Method.ONLINE), momentum.at(tf(), progress));
  }

  private Operand<TFloat32> cut(String branch, Operand<TFloat32> output) {
    return branch.equals(Method.MOMENTUM) ? tf().stopGradient(output) : output;
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
