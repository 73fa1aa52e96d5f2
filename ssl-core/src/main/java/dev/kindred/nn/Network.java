package dev.kindred.nn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * The parameters of one graph by path, and the updates that its blocks ask for after each step. The
 * mutable heart of graph building: confined to one thread.
 */
public final class Network {
  private final Ops tf;
  private final Mode mode;
  private final long seed;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final List<Function<Ops, Op>> updates = new ArrayList<>();

  /** How a graph will be used. */
  public enum Mode {
    /** Batch statistics, dropout; running statistics are updated. */
    TRAINING,
    /** Running statistics, no dropout; nothing is updated. */
    INFERENCE
  }

  /**
   * Creates an empty network.
   *
   * @param tf the graph it is built into
   * @param mode how it will be used
   * @param seed what initial values derive from, together with each parameter's path
   */
  public Network(Ops tf, Mode mode, long seed) {
    this.tf = tf;
    this.mode = mode;
    this.seed = seed;
  }

  /** The root scope, whose parameters have the empty path. */
  public Scope scope() {
    return new Scope(this, "", true);
  }

  /** All parameters in the order in which they were made. */
  public Collection<Parameter> parameters() {
    return Collections.unmodifiableCollection(parameters.values());
  }

  /**
   * What to run after the optimizer, in the order in which it was asked for. Each function adds its
   * operation to the graph through the {@link Ops} it is given, which hold the control dependencies
   * on the whole step.
   */
  public List<Function<Ops, Op>> updates() {
    return Collections.unmodifiableList(updates);
  }

  Ops tf() {
    return tf;
  }

  Mode mode() {
    return mode;
  }

  long seed() {
    return seed;
  }

  Map<String, Parameter> byPath() {
    return parameters;
  }

  void addUpdate(Function<Ops, Op> update) {
    updates.add(update);
  }
}
