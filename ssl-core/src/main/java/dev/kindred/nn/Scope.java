package dev.kindred.nn;

import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.Require;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Constant;
import org.tensorflow.framework.initializers.Initializer;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Where a {@link Block} builds: the graph, training or inference, and the path below which its
 * parameters are named. Immutable; the parameters themselves live in the {@link Network}.
 */
public final class Scope {
  private final Network network;
  private final String path;
  private final String origin;
  private final boolean trainable;
  private final int normGroups;
  private final boolean still;

  Scope(Network network) {
    this(network, "", "", true, 1, false);
  }

  private Scope(
      Network network,
      String path,
      String origin,
      boolean trainable,
      int normGroups,
      boolean still) {
    this.network = network;
    this.path = path;
    this.origin = origin;
    this.trainable = trainable;
    this.normGroups = normGroups;
    this.still = still;
  }

  /** The operations of the graph. */
  public Ops tf() {
    return network.tf();
  }

  /** Whether the graph trains. */
  public boolean training() {
    return network.mode() == Network.Mode.TRAINING;
  }

  /** The path of this scope, without a trailing slash; empty at the root. */
  public String path() {
    return path;
  }

  /** The scope one level below. */
  public Scope child(String name) {
    return new Scope(network, join(path, name), join(origin, name), trainable, normGroups, still);
  }

  /**
   * This scope, making parameters that no gradient trains and that start as those of {@code leader}
   * do: a momentum branch. See {@link #follow}.
   */
  public Scope startingAs(Scope leader) {
    return new Scope(network, path, leader.origin, false, normGroups, still);
  }

  /**
   * This scope, where batch normalisation cuts a training batch into {@code count} groups of
   * neighbours, each normalised by statistics of its own.
   *
   * @param count what the batch's size is a multiple of, {@code >= 1}
   */
  public Scope normGroups(int count) {
    Require.atLeastOne("norm groups", count);
    return new Scope(network, path, origin, trainable, count, still);
  }

  /**
   * This scope, where a network draws nothing at random while it trains: no dropout, nothing left
   * out. Batch statistics are still those of training.
   */
  public Scope still() {
    return new Scope(network, path, origin, trainable, normGroups, true);
  }

  /** Whether blocks that are random while they train are so here. */
  public boolean random() {
    return training() && !still;
  }

  /** Whose rows batch normalisation takes its statistics of. */
  Collectives statistics() {
    return network.statistics();
  }

  /** Says that each worker makes this running statistic of its own rows. */
  void differs(Parameter statistic) {
    network.differs(statistic);
  }

  /** Into how many groups batch normalisation cuts a training batch. */
  int normGroups() {
    return normGroups;
  }

  /**
   * Moves, whenever the optimizer has moved the parameters, every weight below this scope towards
   * the one of the same name below {@code leader}: {@code coefficient weight + (1 - coefficient)
   * leader's}. Statistics are left alone. To be called once both are built.
   *
   * @param coefficient a scalar in [0, 1]
   */
  public void follow(Scope leader, Operand<TFloat32> coefficient) {
    for (Parameter follower : List.copyOf(network.parameters())) {
      if (follower.path().startsWith(path + "/") && follower.role() != Parameter.Role.STATISTIC) {
        Parameter led = network.named(leader.path + follower.path().substring(path.length()));
        replace(
            follower,
            Network.When.UPDATE,
            (tf, current) -> {
              Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), coefficient);
              return tf.math.add(
                  tf.math.mul(current, coefficient),
                  tf.math.mul(tf.identity(led.variable()), rest));
            });
      }
    }
  }

  /**
   * A seed for the thing called {@code name} here: a pure function of the run's seed and the path.
   */
  public long seed(String name) {
    CRC32 hash = new CRC32();
    hash.update(join(origin, name).getBytes(StandardCharsets.UTF_8));
    return network.seed() * 0x9E3779B97F4A7C15L ^ hash.getValue();
  }

  /**
   * Uniform numbers in {@code [0, 1)}, others at every step, for what is random in a network while
   * it trains: a function of the run's seed, the step, this path and the name.
   *
   * @param shape the shape of the result, a vector
   * @throws IllegalStateException if the network was given no randomness
   */
  public Operand<TFloat32> uniform(String name, Operand<TInt32> shape) {
    return network.uniform(join(path, name), shape);
  }

  /**
   * The value of the parameter {@code name} here, made at the first request.
   *
   * @param initial what gives the initial value, for the shape {@code shape}
   * @param role {@link Parameter.Role#WEIGHT} or {@link Parameter.Role#BIAS_OR_NORM}
   * @throws IllegalArgumentException if the parameter exists with another shape
   */
  public Operand<TFloat32> parameter(
      String name,
      Shape shape,
      Function<Long, Initializer<TFloat32>> initial,
      Parameter.Role role) {
    return obtain(name, shape, initial, role).value();
  }

  /** The parameter itself, for blocks that replace it. */
  Parameter obtain(
      String name,
      Shape shape,
      Function<Long, Initializer<TFloat32>> initial,
      Parameter.Role role) {
    return obtain(name, shape, initial, role, trainable && role != Parameter.Role.STATISTIC);
  }

  /**
   * The running statistic {@code name} here, made at the first request with every value {@code
   * initial}. Blocks read its {@link Parameter#value} and {@link #replace} it.
   */
  public Parameter statistic(String name, Shape shape, float initial) {
    return statistic(name, shape, seed -> new Constant<>(initial));
  }

  /**
   * The same with other initial values: a queue, a centre, whatever is remembered from step to step
   * and no gradient trains.
   */
  public Parameter statistic(
      String name, Shape shape, Function<Long, Initializer<TFloat32>> initial) {
    return obtain(name, shape, initial, Parameter.Role.STATISTIC, false);
  }

  /**
   * Asks for a new value of a parameter after the optimizer has run; does nothing for an inference
   * graph. Several replacements of one parameter happen in the order in which they were asked for.
   *
   * @param next adds the new value to the graph, given the value at that time; it must read nothing
   *     else that is replaced, but for parameters that the optimizer moves
   */
  public void replace(Parameter parameter, Network.When when, Network.Next next) {
    if (training()) {
      network.addReplacement(new Network.Replacement(parameter, when, next));
    }
  }

  private Parameter obtain(
      String name,
      Shape shape,
      Function<Long, Initializer<TFloat32>> initial,
      Parameter.Role role,
      boolean train) {
    String full = join(path, name);
    Parameter known = network.byPath().get(full);
    if (known == null) {
      known = create(full, shape, initial.apply(seed(name)), role, train);
      network.byPath().put(full, known);
    } else if (!known.variable().shape().equals(shape)) {
      throw new IllegalArgumentException(
          "%s is shared, so its shape must be %s, was %s"
              .formatted(full, known.variable().shape(), shape));
    }
    return known;
  }

  private Parameter create(
      String full, Shape shape, Initializer<TFloat32> initial, Parameter.Role role, boolean train) {
    Ops init = tf().withInitScope();
    Variable<TFloat32> variable =
        init.withName(Parameter.variableName(full)).variable(shape, TFloat32.class);
    init.assign(variable, initial.call(init, init.constant(shape.asArray()), TFloat32.class));
    return new Parameter(full, variable, tf().identity(variable), role, train);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }
}
