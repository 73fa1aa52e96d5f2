package dev.kindred.nn;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Constant;
import org.tensorflow.framework.initializers.Initializer;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Where a {@link Block} builds: the graph, training or inference, and the path below which its
 * parameters are named. Immutable; the parameters themselves live in the {@link Network}.
 */
public final class Scope {
  private final Network network;
  private final String path;
  private final boolean trainable;

  Scope(Network network, String path, boolean trainable) {
    this.network = network;
    this.path = path;
    this.trainable = trainable;
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
    return new Scope(network, join(name), trainable);
  }

  /** This scope, making parameters that no gradient trains, such as a momentum branch. */
  public Scope frozen() {
    return new Scope(network, path, false);
  }

  /**
   * A seed for the thing called {@code name} here: a pure function of the run's seed and the path.
   */
  public long seed(String name) {
    CRC32 hash = new CRC32();
    hash.update(join(name).getBytes(StandardCharsets.UTF_8));
    return network.seed() * 0x9E3779B97F4A7C15L ^ hash.getValue();
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
    boolean train = trainable && role != Parameter.Role.STATISTIC;
    return obtain(name, shape, initial, role, train).value();
  }

  /**
   * The running statistic {@code name} here, made at the first request with every value {@code
   * initial}. Blocks read its {@link Parameter#value} and replace it by {@link #afterStep}.
   */
  public Parameter statistic(String name, Shape shape, float initial) {
    return obtain(name, shape, seed -> new Constant<>(initial), Parameter.Role.STATISTIC, false);
  }

  /** Asks for an operation after the optimizer's; does nothing for an inference graph. */
  public void afterStep(Function<Ops, Op> update) {
    if (training()) {
      network.addUpdate(update);
    }
  }

  private Parameter obtain(
      String name,
      Shape shape,
      Function<Long, Initializer<TFloat32>> initial,
      Parameter.Role role,
      boolean train) {
    String full = join(name);
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
    // TensorFlow reserves the slash in an operation's name for scopes of its own.
    String name = full.replace('/', '.');
    Variable<TFloat32> variable = init.withName(name).variable(shape, TFloat32.class);
    init.assign(variable, initial.call(init, init.constant(shape.asArray()), TFloat32.class));
    return new Parameter(full, variable, tf().identity(variable), role, train);
  }

  private String join(String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }
}
