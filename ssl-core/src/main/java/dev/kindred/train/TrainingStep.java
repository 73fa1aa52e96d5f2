package dev.kindred.train;

import dev.kindred.data.Batch;
import dev.kindred.data.Share;
import dev.kindred.data.ViewPipeline;
import dev.kindred.embedding.Assignment;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.method.Method;
import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.optim.SlotVariable;
import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * One training step: views, encoder, heads, loss, gradients, optimizer, and what follows it; as one
 * {@code Session.run}, or chunk by chunk where the recipe says so.
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
  private static final Pattern STARTED_BRANCH =
      Pattern.compile("^(%s|%s)(?=/encoder/)".formatted(Method.ONLINE, Method.MOMENTUM));

  private final Recipe<V> recipe;
  private final Graph graph = new Graph();
  private final StepGraph<V> built;
  private final Network network;
  private final Pass pass;
  private final Session session;
  private final VariableStore store;
  private final Collectives workers;
  private final SharedState shared;
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();

  /**
   * Builds the graph and gives every variable its initial value.
   *
   * @throws IllegalArgumentException if the views are fewer than the method needs, its loss does
   *     not depend on a trainable parameter, or the recipe cuts into chunks what the method cannot
   */
  public TrainingStep(Recipe<V> recipe, ViewPipeline<E, V> views) {
    this(recipe, views, Share.whole(1));
  }

  /**
   * The same of one worker of several, which must all do this and whatever follows.
   *
   * @param share which part of each batch {@link #run} is given
   * @throws IllegalArgumentException also if the recipe cannot be shared
   */
  public TrainingStep(Recipe<V> recipe, ViewPipeline<E, V> views, Share share) {
    this.recipe = recipe;
    requireViews(recipe, views);
    Require.that(
        !share.isPart() || recipe.chunkSize() == Recipe.WHOLE,
        "chunk size",
        "left out where there are several workers: each sees a part of the batch already",
        recipe.chunkSize());
    built = new StepGraph<>(graph, recipe, views.mixing(), share);
    network = built.network();
    pass =
        recipe.chunkSize() == Recipe.WHOLE
            ? new WholePass<>(built, views)
            : new ChunkedPass<>(built, views);
    network
        .parameters()
        .forEach(parameter -> variables.put(parameter.path(), parameter.variable()));
    for (SlotVariable slot : built.slots().all()) {
      variables.put(slot.name(), slot.variable());
    }
    store = new VariableStore(built.tf(), variables);
    workers = share.workers();
    shared = new SharedState(built.tf(), workers, variables, network.differing());
    session = workers.open(graph, recipe.precision());
    session.initialize();
  }

  /**
   * What a step gave.
   *
   * @param loss the batch's loss
   * @param metrics the method's metrics by name, and at the first step and every tenth how the
   *     representations are: {@code feature_std}, {@code effective_rank}, {@code alignment}, {@code
   *     uniformity}, {@code contrastive_accuracy}
   */
  public record Outcome(float loss, Map<String, Float> metrics) {}

  /**
   * Runs a step.
   *
   * @param batch what is learnt from; stays the caller's
   * @param point where in the run this is; with accumulation, the optimizer moves at every n-th
   *     step
   */
  public Outcome run(Batch batch, StepPoint point) {
    return run(batch, point, Signals.NONE).outcome();
  }

  /** The same, saying something to the other workers. */
  Pass.Taken run(Batch batch, StepPoint point, Signals own) {
    boolean last = point.step() % recipe.accumulation().microBatches() == 0;
    try (StepGraph.Inputs inputs = built.inputs(batch.labels(), point, own)) {
      Pass.Turn turn = new Pass.Turn(inputs, last, diagnosed(point.step()));
      return pass.run(session, batch.feeds(), turn);
    }
  }

  /** Whether the metrics of that step hold diagnostics: the first, and every tenth. */
  static boolean diagnosed(long step) {
    return step == 1 || step % MetricsFile.EVERY == 0;
  }

  /** The values of all parameters below {@code path}; the caller closes them. */
  public Weights weights(String path) {
    return Weights.read(
        session,
        network.parameters().stream().filter(p -> p.path().startsWith(path + "/")).toList());
  }

  /**
   * Gives the encoder other values than its initial ones, in the online branch and in the momentum
   * branch, which starts as the online one does.
   *
   * @param weights a value for every parameter below {@link InferenceModel#ENCODER_PATH}; stays the
   *     caller's
   * @throws IllegalArgumentException if one is missing
   */
  public void start(Weights weights) {
    Map<String, TFloat32> values = new LinkedHashMap<>();
    List<Parameter> started = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      Matcher branch = STARTED_BRANCH.matcher(parameter.path());
      if (branch.find()) {
        started.add(parameter);
        values.put(parameter.path(), weights.value(branch.replaceFirst(Method.ONLINE)));
      }
    }
    new Assignment(built.tf(), started).run(session, new Weights(values));
  }

  /** The number of values that are trained. */
  public long trainableSize() {
    return network.parameters().stream()
        .filter(Parameter::trainable)
        .mapToLong(Parameter::size)
        .sum();
  }

  /** Takes over every variable's value from the first worker. */
  void takeFromFirst() {
    shared.takeFromFirst(session);
  }

  /** Makes equal what workers keep of their own rows: running statistics become the mean. */
  void unify() {
    shared.unify(session);
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
    workers.close(session);
    graph.close();
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
