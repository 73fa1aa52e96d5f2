package dev.kindred.rl.agent;

import dev.kindred.data.Randomness;
import dev.kindred.embedding.Assignment;
import dev.kindred.embedding.Weights;
import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.Objective;
import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import dev.kindred.optim.GradientOf;
import dev.kindred.optim.Gradients;
import dev.kindred.optim.Slots;
import dev.kindred.optim.StepInputs;
import dev.kindred.rl.ObservationViews;
import dev.kindred.rl.augment.ObservationAugmentation;
import dev.kindred.rl.replay.TensorFormat;
import dev.kindred.rl.replay.Transitions;
import dev.kindred.runtime.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * The one graph of an agent: what acts and what learns share their variables. The trained networks
 * are below {@code online}, with the encoder at {@code online/encoder}, as everywhere in this
 * library; their targets are below {@code target}; a self-supervised method beside has its heads
 * below {@code online} and what follows below {@code momentum}.
 *
 * <p>The order of an update is fixed by control dependencies: all gradients and metrics, then the
 * optimizer, then what follows.
 */
final class AgentGraph implements AutoCloseable {
  private static final String TARGET = "target";
  private static final String ENCODER = "encoder";
  private static final Pattern STARTED =
      Pattern.compile(
          "^(%s|%s|%s)(?=/%s/)".formatted(Method.ONLINE, Method.MOMENTUM, TARGET, ENCODER));

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Perception perception;
  private final Learning learning;
  private final long seed;
  private final TensorFormat<?> format;
  private final Network network;
  private final Network acting;
  private final Slots slots = new Slots(tf);
  private final Randomness randomness;
  private final Placeholder<? extends TType> observations;
  private final Placeholder<? extends TType> nextObservations;
  private final Placeholder<? extends TType> actions;
  private final Placeholder<TFloat32> rewards = floats(Shape.of(Shape.UNKNOWN_SIZE));
  private final Placeholder<TFloat32> discounts = floats(Shape.of(Shape.UNKNOWN_SIZE));
  private final Placeholder<TFloat32> rate = floats(Shape.scalar());
  private final Placeholder<TFloat32> update = floats(Shape.scalar());
  private final Placeholder<TFloat32> kept = floats(Shape.scalar());
  private final Placeholder<TInt32> drawSeed =
      tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
  private @Nullable Built built;

  /** What {@link #build} leaves. */
  private record Built(
      Session session,
      Operand<TFloat32> metrics,
      Op step,
      Saved saved,
      Assignment started,
      List<Parameter> encoders) {}

  AgentGraph(
      TensorFormat<?> observed,
      TensorFormat<?> acted,
      Perception perception,
      Learning learning,
      long seed) {
    this.format = observed;
    this.perception = perception;
    this.learning = learning;
    this.seed = seed;
    observations = tf.placeholder(observed.type(), Placeholder.shape(observed.batchShape()));
    nextObservations = tf.placeholder(observed.type(), Placeholder.shape(observed.batchShape()));
    actions = tf.placeholder(acted.type(), Placeholder.shape(acted.batchShape()));
    randomness = new Randomness(tf, drawSeed);
    network = new Network(tf, Network.Mode.TRAINING, seed).randomness(randomness.child("network"));
    acting = network.inference();
  }

  private Placeholder<TFloat32> floats(Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  Ops tf() {
    return tf;
  }

  /** Random numbers of an update. */
  Randomness randomness() {
    return randomness;
  }

  /** The actions that were remembered, as they are fed. */
  Operand<?> actions() {
    return actions;
  }

  Operand<TFloat32> rewards() {
    return rewards;
  }

  Operand<TFloat32> discounts() {
    return discounts;
  }

  /** Another input, for acting. */
  Placeholder<TFloat32> input(Shape shape) {
    return floats(shape);
  }

  /** Where trained networks are built. */
  Scope online() {
    return network.scope().child(Method.ONLINE);
  }

  /** Where networks are built that the rewards train, but not with the critics. */
  Scope branch(String name) {
    return network.scope().child(name);
  }

  /** Where targets are built: with the values of {@link #online} at first. */
  Scope target() {
    return network.scope().child(TARGET).startingAs(online()).still();
  }

  /** The same place for acting. */
  Scope acting(String branch) {
    return acting.scope().child(branch);
  }

  /** What the encoder makes of the observation that is acted on. */
  Operand<TFloat32> seen() {
    return perception.encoder().apply(acting(Method.ONLINE).child(ENCODER), view(observations));
  }

  /** The views of the observations that are learnt from, the anchor first. */
  List<Operand<TFloat32>> views() {
    Auxiliary auxiliary = perception.auxiliary();
    int count = auxiliary == null ? 1 : Math.max(2, auxiliary.method().views());
    List<Operand<TFloat32>> views = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      views.add(augmented(observations, "view" + i));
    }
    return views;
  }

  /** The view of the observations that followed. */
  Operand<TFloat32> nextView() {
    return augmented(nextObservations, "next");
  }

  /** The representation by the encoder of a branch; a frozen one is the same in all. */
  Operand<TFloat32> represent(Scope branch, Operand<TFloat32> view) {
    return perception.frozen()
        ? tf.stopGradient(perception.encoder().apply(acting(Method.ONLINE).child(ENCODER), view))
        : perception.encoder().apply(branch.child(ENCODER), view);
  }

  private Operand<TFloat32> augmented(Operand<?> fed, String draws) {
    ObservationAugmentation augmentation = perception.augmentation();
    if (!pictures() || augmentation == null) {
      return view(fed);
    }
    Randomness own = randomness.child("views").child(draws);
    return ObservationViews.seen(tf, augmentation.apply(tf, stacks(fed), own));
  }

  /** Vectors as they are, pictures as every encoder of this library sees them. */
  private Operand<TFloat32> view(Operand<?> fed) {
    return pictures()
        ? ObservationViews.seen(tf, stacks(fed))
        : fed.asOutput().expect(TFloat32.class);
  }

  private boolean pictures() {
    return format.type() == TUint8.class;
  }

  /** Colours in {@code [0, 1]}, {@code [batch, stack, channels, height, width]}. */
  private Operand<TFloat32> stacks(Operand<?> fed) {
    long[] shape = format.shape().asArray();
    int stack = perception.stack();
    return tf.reshape(
        ObservationViews.scaled(tf, fed.asOutput().expect(TUint8.class)),
        tf.array(-1, stack, (int) shape[0] / stack, (int) shape[1], (int) shape[2]));
  }

  /** The loss with that of the method beside, if there is one. */
  Operand<TFloat32> withAuxiliary(Operand<TFloat32> loss, List<Operand<TFloat32>> views) {
    Auxiliary auxiliary = perception.auxiliary();
    if (auxiliary == null) {
      return loss;
    }
    auxiliary.method().requireBatch(learning.batchSize());
    Objective objective = auxiliary.method().build(methodScope(), views);
    return tf.math.add(
        loss, tf.math.mul(objective.loss(), tf.constant((float) auxiliary.weight())));
  }

  private MethodScope<Operand<TFloat32>> methodScope() {
    return new MethodScope<>(
        network.scope(),
        perception.encoder(),
        tf.constant(0f),
        tf.constant(new int[0]),
        view -> {
          throw new IllegalArgumentException(
              "the auxiliary method blends views, which observations cannot be; choose another");
        });
  }

  /** The gradients of {@code loss} by what is trained below {@code branch}. */
  List<GradientOf> gradients(Operand<TFloat32> loss, String branch) {
    return Gradients.of(graph, loss, trained(branch));
  }

  private List<Parameter> trained(String branch) {
    return network.parameters().stream()
        .filter(Parameter::trainable)
        .filter(parameter -> parameter.path().startsWith(branch + "/"))
        .filter(
            parameter ->
                !perception.frozen()
                    || !parameter.path().startsWith(Method.ONLINE + "/" + ENCODER + "/"))
        .toList();
  }

  /**
   * Ends the building: an update applies {@code gradients}, then lets the targets follow.
   *
   * @param metrics scalars that {@link #update} returns, the loss first
   */
  void build(List<GradientOf> gradients, List<Operand<TFloat32>> metrics) {
    network.scope().child(TARGET).follow(online(), kept);
    Operand<TFloat32> told = tf.stack(metrics);
    List<Op> before = new ArrayList<>(Gradients.ops(gradients));
    before.add(told);
    Ops gated = Gradients.after(tf, before);
    List<Op> all =
        new ArrayList<>(
            Gradients.apply(
                gated,
                gradients,
                learning.clip(),
                learning.optimizer(),
                new StepInputs(rate, update),
                slots));
    all.addAll(network.replacements(Gradients.after(gated, all), true));
    Op step = gated.withControlDependencies(all).noOp();
    List<Parameter> encoders =
        network.parameters().stream().filter(p -> STARTED.matcher(p.path()).find()).toList();
    Saved saved = new Saved(tf, network.parameters(), slots.all());
    Assignment started = new Assignment(tf, encoders);
    Session session = pictures() ? Sessions.open(graph) : Sessions.small(graph);
    session.initialize();
    built = new Built(session, told, step, saved, started, encoders);
  }

  private Built built() {
    if (built == null) {
      throw new IllegalStateException("build must be called before the graph is used");
    }
    return built;
  }

  /** Learns from a batch; returns the metrics. */
  float[] update(Transitions batch, long number) {
    try (TFloat32 learningRate = TFloat32.scalarOf(learning.learningRate());
        TFloat32 count = TFloat32.scalarOf(number);
        TFloat32 stays = TFloat32.scalarOf(learning.target().kept(number));
        TInt32 seeds = TInt32.vectorOf((int) seed, (int) number);
        Result result =
            built()
                .session()
                .runner()
                .feed(observations, batch.observations())
                .feed(nextObservations, batch.nextObservations())
                .feed(actions, batch.actions())
                .feed(rewards, batch.rewards())
                .feed(discounts, batch.discounts())
                .feed(rate, learningRate)
                .feed(update, count)
                .feed(kept, stays)
                .feed(drawSeed, seeds)
                .fetch(built().metrics())
                .addTarget(built().step())
                .run()) {
      return StdArrays.array1dCopyOf((TFloat32) result.get(0));
    }
  }

  /** What {@code output}, {@code [1, n]}, is for an observation and perhaps one input more. */
  float[] act(TType observation, Operand<TFloat32> output, Map<Operand<?>, TFloat32> more) {
    Session.Runner runner = built().session().runner().feed(observations, observation);
    more.forEach(runner::feed);
    try (Result result = runner.fetch(output).run()) {
      return StdArrays.array2dCopyOf((TFloat32) result.get(0))[0];
    }
  }

  /** The values of everything that is saved. */
  Weights values() {
    return built().saved().read(built().session());
  }

  /** Gives everything that is saved these values. */
  void assign(Weights values) {
    built().saved().assign(built().session(), values);
  }

  /** The values of the parameters below {@code path}. */
  Weights weights(String path) {
    return Weights.read(
        built().session(),
        network.parameters().stream().filter(p -> p.path().startsWith(path + "/")).toList());
  }

  /** Gives the encoder these values, in every branch. */
  void start(Weights weights) {
    Map<String, TFloat32> values = new LinkedHashMap<>();
    for (Parameter parameter : built().encoders()) {
      Matcher branch = STARTED.matcher(parameter.path());
      values.put(parameter.path(), weights.value(branch.replaceFirst(Method.ONLINE)));
    }
    built().started().run(built().session(), new Weights(values));
  }

  @Override
  public void close() {
    if (built != null) {
      built.session().close();
    }
    graph.close();
  }
}
