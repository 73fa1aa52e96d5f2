package dev.kindred.train;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.embedding.Weights;
import dev.kindred.method.MethodScope;
import dev.kindred.method.Objective;
import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.optim.AccumulatedGradients;
import dev.kindred.optim.ClippedGradients;
import dev.kindred.optim.GradientOf;
import dev.kindred.optim.SlotVariable;
import dev.kindred.optim.Slots;
import dev.kindred.optim.StepInputs;
import dev.kindred.runtime.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One training step as one {@code Session.run}: views, encoder, heads, loss, gradients, optimizer,
 * and what follows it.
 *
 * <p>The order inside a step is fixed by control dependencies, for TensorFlow's variables are
 * changed in place under whoever still reads them:
 *
 * <ol>
 *   <li>views, network, loss, metrics and all gradients, in any order;
 *   <li>once all of these are there, the optimizer's updates;
 *   <li>once all of these are done, the updates that the network's blocks asked for: running
 *       statistics, momentum branches, queues.
 * </ol>
 *
 * <p>Deterministic: the same feeds, seed and step give the same bytes. Confined to one thread.
 *
 * @param <E> an example
 * @param <V> a view in the graph
 */
public final class TrainingStep<E, V> implements AutoCloseable {
  private final Recipe<V> recipe;
  private final Graph graph = new Graph();
  private final Session session;
  private final Network network;
  private final Placeholder<TInt32> seed;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> update;
  private final Objective objective;
  private final Op gather;
  private final Op apply;
  private final VariableStore store;
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();

  /**
   * Builds the graph and gives every variable its initial value.
   *
   * @throws IllegalArgumentException if the views are fewer than the method needs, or its loss does
   *     not depend on a trainable parameter
   */
  public TrainingStep(Recipe<V> recipe, ViewPipeline<E, V> views) {
    this.recipe = recipe;
    requireViews(recipe, views);
    Ops tf = Ops.create(graph);
    seed = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    update = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    Map<String, Operand<?>> feeds = Placeholders.of(tf, views.feeds());
    List<V> seen = views.build(tf, feeds, new Randomness(tf, seed).child("views"));
    network = new Network(tf, Network.Mode.TRAINING, recipe.seed());
    objective = recipe.method().build(new MethodScope<>(network.scope(), recipe.encoder()), seen);
    Slots slots = new Slots(tf);
    Updates updates = updates(tf, slots);
    gather = updates.gather();
    apply = updates.apply();
    network
        .parameters()
        .forEach(parameter -> variables.put(parameter.path(), parameter.variable()));
    for (SlotVariable slot : slots.all()) {
      variables.put(slot.name(), slot.variable());
    }
    store = new VariableStore(tf, variables);
    session = Sessions.open(graph, recipe.precision());
    session.initialize();
  }

  /**
   * What a step gave.
   *
   * @param loss the batch's loss
   * @param metrics the method's metrics by name
   */
  public record Outcome(float loss, Map<String, Float> metrics) {}

  /**
   * Runs step {@code step}.
   *
   * @param feeds the packed batch; stays the caller's
   * @param step which step this is, counting from 1; with accumulation, the optimizer moves at
   *     every n-th
   * @param rate the learning rate
   */
  public Outcome run(Feeds feeds, long step, float rate) {
    int micro = recipe.accumulation().microBatches();
    Session.Runner runner = session.runner().fetch(objective.loss());
    objective.metrics().values().forEach(runner::fetch);
    feeds.tensors().forEach(runner::feed);
    try (TInt32 seeds = TInt32.vectorOf((int) recipe.seed(), (int) step);
        TFloat32 rateTensor = TFloat32.scalarOf(rate);
        TFloat32 updateTensor = TFloat32.scalarOf((step - 1) / micro + 1)) {
      runner.feed(seed, seeds).feed(learningRate, rateTensor).feed(update, updateTensor);
      try (Result result = runner.addTarget(step % micro == 0 ? apply : gather).run()) {
        return outcome(result);
      }
    }
  }

  /** The values of all parameters below {@code path}; the caller closes them. */
  public Weights weights(String path) {
    List<Parameter> chosen =
        network.parameters().stream().filter(p -> p.path().startsWith(path + "/")).toList();
    Session.Runner runner = session.runner();
    chosen.forEach(parameter -> runner.fetch(parameter.value()));
    Map<String, TFloat32> values = new LinkedHashMap<>();
    Result result = runner.run();
    for (int i = 0; i < chosen.size(); i++) {
      values.put(chosen.get(i).path(), (TFloat32) result.get(i));
    }
    return new Weights(values);
  }

  /** The number of values that are trained. */
  public long trainableSize() {
    return network.parameters().stream()
        .filter(Parameter::trainable)
        .mapToLong(Parameter::size)
        .sum();
  }

  /** Writes every variable, optimizer state included, to files that start with {@code prefix}. */
  void save(Path prefix) {
    store.save(session, prefix);
  }

  /** Reads what {@link #save} wrote. */
  void restore(Path prefix) {
    store.restore(session, prefix);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private record Updates(Op gather, Op apply) {}

  private Updates updates(Ops tf, Slots slots) {
    List<GradientOf> gradients = gradients();
    Ops gated = after(tf, everythingBefore(gradients));
    if (recipe.accumulation().microBatches() == 1) {
      Op apply = finish(gated, optimize(gated, gradients, slots));
      return new Updates(apply, apply);
    }
    AccumulatedGradients accumulated = recipe.accumulation().apply(gated, gradients, slots);
    Op gather = finish(gated, List.copyOf(accumulated.add()));
    List<Op> means = new ArrayList<>(accumulated.reset());
    accumulated.means().forEach(mean -> means.add(mean.gradient()));
    Ops late = after(tf, means);
    return new Updates(gather, finish(late, optimize(late, accumulated.means(), slots)));
  }

  private List<Op> optimize(Ops gated, List<GradientOf> gradients, Slots slots) {
    StepInputs inputs = new StepInputs(learningRate, update);
    if (recipe.clip() == null) {
      return recipe.optimizer().apply(gated, gradients, inputs, slots);
    }
    ClippedGradients clipped = recipe.clip().apply(gated, gradients);
    List<Op> all = new ArrayList<>();
    clipped.gradients().forEach(gradient -> all.add(gradient.gradient()));
    return recipe.optimizer().apply(after(gated, all), clipped.gradients(), inputs, slots);
  }

  /** What the network's blocks asked for, once {@code before} has run. */
  private Op finish(Ops tf, List<? extends Op> before) {
    Ops after = after(tf, before);
    List<Op> last = new ArrayList<>(before);
    network.updates().forEach(wanted -> last.add(wanted.apply(after)));
    return tf.withControlDependencies(last).noOp();
  }

  /** What is built through the result runs once all of {@code before} has: one edge each. */
  private static Ops after(Ops tf, List<? extends Op> before) {
    return tf.withControlDependencies(tf.withControlDependencies(List.<Op>copyOf(before)).noOp());
  }

  private List<Op> everythingBefore(List<GradientOf> gradients) {
    List<Op> before = new ArrayList<>();
    before.add(objective.loss());
    before.addAll(objective.metrics().values());
    gradients.forEach(gradient -> before.add(gradient.gradient()));
    return before;
  }

  private List<GradientOf> gradients() {
    List<Parameter> trained = network.parameters().stream().filter(Parameter::trainable).toList();
    Output<?>[] slopes =
        graph.addGradients(
            objective.loss().asOutput(),
            trained.stream().map(p -> p.value().asOutput()).toArray(Output<?>[]::new));
    List<GradientOf> gradients = new ArrayList<>();
    for (int i = 0; i < slopes.length; i++) {
      gradients.add(new GradientOf(trained.get(i), slope(slopes[i], trained.get(i))));
    }
    return gradients;
  }

  private static Operand<TFloat32> slope(Output<?> slope, Parameter parameter) {
    // TensorFlow answers with an output of no operation where the loss does not depend on it.
    if (slope.isClosed()) {
      throw new IllegalArgumentException(
          "the method's loss must depend on every trainable parameter, but not on "
              + parameter.path());
    }
    return slope.expect(TFloat32.class);
  }

  private Outcome outcome(Result result) {
    Map<String, Float> metrics = new LinkedHashMap<>();
    int next = 1;
    for (String name : objective.metrics().keySet()) {
      metrics.put(name, scalar(result.get(next++)));
    }
    return new Outcome(scalar(result.get(0)), metrics);
  }

  private static float scalar(Tensor tensor) {
    return ((TFloat32) tensor).getFloat();
  }

  private static void requireViews(Recipe<?> recipe, ViewPipeline<?, ?> views) {
    int needed = recipe.method().views();
    if (views.views() < needed) {
      throw new IllegalArgumentException(
          "method %s needs %d views of each example, but the views make %d"
              .formatted(recipe.method().settings().get("name"), needed, views.views()));
    }
  }
}
