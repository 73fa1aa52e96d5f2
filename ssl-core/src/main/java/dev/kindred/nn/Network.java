package dev.kindred.nn;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Collectives;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The parameters of one graph by path, and the updates that its blocks ask for after each step. The
 * mutable heart of graph building: confined to one thread.
 */
public final class Network {
  private final Ops tf;
  private final Mode mode;
  private final long seed;
  private final Map<String, Parameter> parameters;
  private final List<Replacement> replacements = new ArrayList<>();

  private final Map<String, Integer> draws = new LinkedHashMap<>();
  private final Set<Parameter> differing = new LinkedHashSet<>();
  private @Nullable Randomness randomness;
  private Collectives statistics = Collectives.alone();

  /** How a graph will be used. */
  public enum Mode {
    /** Batch statistics, dropout; running statistics are updated. */
    TRAINING,
    /** Running statistics, no dropout; nothing is updated. */
    INFERENCE
  }

  /** At which steps a parameter is replaced. */
  public enum When {
    /** At every step: what is seen of a batch, such as running statistics and queues. */
    STEP,
    /** At the steps that move the parameters, which with accumulation are fewer: what follows. */
    UPDATE
  }

  /** How a parameter's next value is made. */
  @FunctionalInterface
  public interface Next {
    /** Adds the value after {@code current} to the graph. */
    Operand<TFloat32> after(Ops tf, Operand<TFloat32> current);
  }

  /**
   * A parameter that is replaced after the optimizer has run.
   *
   * @param parameter which
   * @param when at which steps
   * @param next its next value
   */
  record Replacement(Parameter parameter, When when, Next next) {}

  /**
   * Creates an empty network.
   *
   * @param tf the graph it is built into
   * @param mode how it will be used
   * @param seed what initial values derive from, together with each parameter's path
   */
  public Network(Ops tf, Mode mode, long seed) {
    this(tf, mode, seed, new LinkedHashMap<>());
  }

  private Network(Ops tf, Mode mode, long seed, Map<String, Parameter> parameters) {
    this.tf = tf;
    this.mode = mode;
    this.seed = seed;
    this.parameters = parameters;
  }

  /**
   * The same parameters as they are used without training: what is built with the result is in the
   * same graph and shares them by path, with running statistics and without dropout. For a network
   * that acts while it learns.
   */
  public Network inference() {
    return new Network(tf, Mode.INFERENCE, seed, parameters);
  }

  /** Gives blocks that are random while they train their randomness; to be called before them. */
  public Network randomness(Randomness source) {
    randomness = source;
    return this;
  }

  /**
   * Has batch normalisation take the statistics of all workers' rows instead of its own; to be
   * called before the blocks are built.
   */
  public Network statisticsOf(Collectives workers) {
    statistics = workers;
    return this;
  }

  /** The running statistics that each worker makes of its own rows, so that they differ. */
  public List<Parameter> differing() {
    return List.copyOf(differing);
  }

  /** The root scope, whose parameters have the empty path. */
  public Scope scope() {
    return new Scope(this);
  }

  /** All parameters in the order in which they were made. */
  public Collection<Parameter> parameters() {
    return Collections.unmodifiableCollection(parameters.values());
  }

  /**
   * Adds what blocks asked to {@link Scope#replace} to the graph: first the trained parameters,
   * then those that may follow them.
   *
   * @param tf what holds the control dependencies on the whole step
   * @param moved whether this is a step that moves the parameters
   */
  public List<Op> replacements(Ops tf, boolean moved) {
    List<Op> all = new ArrayList<>(replacements(tf, moved, true));
    Ops after = all.isEmpty() ? tf : tf.withControlDependencies(all);
    all.addAll(replacements(after, moved, false));
    return all;
  }

  private Collection<Op> replacements(Ops tf, boolean moved, boolean trained) {
    Map<Parameter, Op> latest = new LinkedHashMap<>();
    for (Replacement wanted : replacements) {
      Parameter parameter = wanted.parameter();
      if (parameter.trainable() == trained && (moved || wanted.when() == When.STEP)) {
        Op earlier = latest.get(parameter);
        Ops after = earlier == null ? tf : tf.withControlDependencies(earlier);
        latest.put(
            parameter,
            after.assign(
                parameter.variable(),
                wanted.next().after(after, after.identity(parameter.variable()))));
      }
    }
    return latest.values();
  }

  Ops tf() {
    return tf;
  }

  Collectives statistics() {
    return statistics;
  }

  void differs(Parameter statistic) {
    differing.add(statistic);
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

  /** A block that is applied several times draws anew each time. */
  Operand<TFloat32> uniform(String name, Operand<TInt32> shape) {
    if (randomness == null) {
      throw new IllegalStateException(
          "%s draws random numbers, but the network was given no randomness".formatted(name));
    }
    int time = draws.merge(name, 1, Integer::sum);
    return randomness.uniform(name + "/" + time, shape, 0);
  }

  Parameter named(String path) {
    Parameter parameter = parameters.get(path);
    if (parameter == null) {
      throw new IllegalArgumentException("no parameter is called " + path);
    }
    return parameter;
  }

  void addReplacement(Replacement wanted) {
    replacements.add(wanted);
  }
}
