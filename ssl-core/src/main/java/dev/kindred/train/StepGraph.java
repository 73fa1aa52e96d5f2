package dev.kindred.train;

import dev.kindred.data.Mixed;
import dev.kindred.data.Mixing;
import dev.kindred.data.Randomness;
import dev.kindred.data.Share;
import dev.kindred.method.MethodScope;
import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.optim.AccumulatedGradients;
import dev.kindred.optim.GradientOf;
import dev.kindred.optim.Gradients;
import dev.kindred.optim.Slots;
import dev.kindred.optim.StepInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The graph of a training step while it is built: what every {@link Pass} needs, whichever way the
 * batch takes. TensorFlow's variables are changed in place under whoever still reads them, so the
 * order is fixed by control dependencies: all gradients, then the optimizer's updates, then what
 * the network's blocks asked for.
 */
final class StepGraph<V> {
  private static final String NETWORK_DRAWS = "network";

  /** Large and odd, so that no row of a step meets another step's. */
  private static final int ROW_STRIDE = 0x9E3779B9;

  private final Graph graph;
  private final Ops tf;
  private final Recipe<V> recipe;
  private final Network network;
  private final Slots slots;
  private final Placeholder<TInt32> seed;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> update;
  private final Placeholder<TFloat32> progress;
  private final Placeholder<TInt32> labels;
  private final MethodScope<V> scope;
  private final Share share;
  private final Placeholder<TFloat32> signals;
  private int mixings;

  StepGraph(Graph graph, Recipe<V> recipe, Optional<Mixing<V>> mixing, Share share) {
    this.graph = graph;
    this.recipe = recipe;
    this.share = share;
    tf = Ops.create(graph);
    seed = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    update = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    progress = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    signals = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Signals.COUNT)));
    network =
        new Network(tf, Network.Mode.TRAINING, recipe.seed())
            .randomness(new Randomness(tf, seed).child(NETWORK_DRAWS));
    if (share.oneStatistic()) {
      network.statisticsOf(share.workers());
    }
    slots = new Slots(tf);
    scope =
        new MethodScope<>(
            network.scope(),
            recipe.encoder(),
            progress,
            labels,
            view -> mixed(mixing, view),
            share);
    if (share.isPart()) {
      networkOfRowsFrom(tf.constant(share.firstRow()));
    }
  }

  private Mixed<V> mixed(Optional<Mixing<V>> mixing, V view) {
    return mixing
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "method %s blends views, but the views have no mixing; give them one"
                        .formatted(recipe.method().settings().get("name"))))
        .mix(tf, view, new Randomness(tf, seed).child("mixing" + mixings++));
  }

  Ops tf() {
    return tf;
  }

  Recipe<V> recipe() {
    return recipe;
  }

  Network network() {
    return network;
  }

  Slots slots() {
    return slots;
  }

  /** Where the views' random numbers come from. */
  Randomness randomness() {
    Randomness all = new Randomness(tf, seed).child("views");
    return share.isPart()
        ? all.rows(tf.constant(share.firstRow()), tf.constant(share.batchSize()))
        : all;
  }

  /** What all workers signal together, {@code [Signals.COUNT]}, where there are several. */
  Optional<Operand<TFloat32>> signals() {
    return share.isPart() ? Optional.of(share.workers().sum(tf, signals)) : Optional.empty();
  }

  /** Refuses a method that has not looked beyond this worker's rows. */
  void requireExchanged() {
    if (share.isPart() && scope.exchanged().isEmpty()) {
      throw new IllegalArgumentException(
          "method %s compares the examples of one worker only; train it with one worker"
              .formatted(recipe.method().settings().get("name")));
    }
  }

  /**
   * Gives the network, which is still empty, other random numbers for each part of a batch: without
   * this the rows of every part would be dropped alike.
   *
   * @param first the first row that the graph sees, a scalar
   */
  void networkOfRowsFrom(Operand<TInt32> first) {
    Operand<TInt32> own =
        tf.stack(List.of(tf.constant(0), tf.math.mul(first, tf.constant(ROW_STRIDE))));
    network.randomness(new Randomness(tf, tf.bitwise.bitwiseXor(seed, own)).child(NETWORK_DRAWS));
  }

  /** What the method builds with. */
  MethodScope<V> scope() {
    return scope;
  }

  /** What a step is fed besides its examples; closed by its maker. */
  record Inputs(
      TInt32 seeds,
      TFloat32 rate,
      TFloat32 number,
      TFloat32 progress,
      TInt32 labels,
      TFloat32 signals)
      implements AutoCloseable {
    @Override
    public void close() {
      seeds.close();
      rate.close();
      number.close();
      progress.close();
      labels.close();
      signals.close();
    }
  }

  Inputs inputs(int[] classes, StepPoint point, Signals own) {
    long updates = (point.step() - 1) / recipe.accumulation().microBatches() + 1;
    return new Inputs(
        TInt32.vectorOf((int) recipe.seed(), (int) point.step()),
        TFloat32.scalarOf(point.learningRate()),
        TFloat32.scalarOf(updates),
        TFloat32.scalarOf((float) point.progress()),
        TInt32.vectorOf(classes),
        own.tensor());
  }

  Session.Runner feed(Session.Runner runner, Inputs inputs) {
    runner
        .feed(seed, inputs.seeds())
        .feed(learningRate, inputs.rate())
        .feed(update, inputs.number())
        .feed(progress, inputs.progress())
        .feed(labels, inputs.labels());
    return share.isPart() ? runner.feed(signals, inputs.signals()) : runner;
  }

  /**
   * The gradients of {@code loss} by every trainable parameter, of all workers.
   *
   * @throws IllegalArgumentException if the loss does not depend on one of them
   */
  List<GradientOf> gradients(Operand<TFloat32> loss) {
    List<GradientOf> own =
        Gradients.of(
            graph, loss, network.parameters().stream().filter(Parameter::trainable).toList());
    return share.isPart() ? SummedGradients.of(tf, share.workers(), own) : own;
  }

  /** The gradient of {@code loss} by each of {@code inputs}, which may not be present. */
  Output<?>[] slopes(Operand<TFloat32> loss, List<? extends Operand<?>> inputs) {
    return Gradients.slopes(graph, loss, inputs);
  }

  /**
   * How a step ends.
   *
   * @param gather ends a part that is not the step's last
   * @param apply ends the step: the parameters move
   */
  record Ends(Op gather, Op apply) {
    Op end(boolean last) {
      return last ? apply : gather;
    }
  }

  /** A step of one part: it ends with the optimizer's updates. */
  Ends ends(Ops gated, List<GradientOf> gradients) {
    Op apply = finish(gated, optimize(gated, gradients), true);
    return new Ends(apply, apply);
  }

  /** A step of several parts, whose gradients are accumulated. */
  Ends ends(Ops gated, AccumulatedGradients accumulated) {
    Op gather = finish(gated, List.copyOf(accumulated.add()), false);
    List<Op> totals = new ArrayList<>(accumulated.reset());
    totals.addAll(Gradients.ops(accumulated.totals()));
    Ops late = Gradients.after(tf, totals);
    return new Ends(gather, finish(late, optimize(late, accumulated.totals()), true));
  }

  private List<Op> optimize(Ops gated, List<GradientOf> gradients) {
    return Gradients.apply(
        gated,
        gradients,
        recipe.clip(),
        recipe.optimizer(),
        new StepInputs(learningRate, update),
        slots);
  }

  /** What the network's blocks asked for, once {@code before} has run. */
  private Op finish(Ops gated, List<? extends Op> before, boolean moved) {
    List<Op> last = new ArrayList<>(before);
    last.addAll(network.replacements(Gradients.after(gated, before), moved));
    return gated.withControlDependencies(last).noOp();
  }
}
