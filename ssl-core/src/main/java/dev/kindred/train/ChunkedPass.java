package dev.kindred.train;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.ViewPipeline;
import dev.kindred.method.Objective;
import dev.kindred.method.SeparableMethod;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.GradientOf;
import dev.kindred.optim.Gradients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The batch chunk by chunk, with the gradient of the whole: the projections of every chunk without
 * gradients; the loss of all projections and its gradient by them; every chunk once more, with that
 * gradient carried on to the parameters. In memory are the activations of one chunk, and the
 * projections of all. A chunk's views are the same both times, and those that the whole batch would
 * have had; its batch statistics, and what its network drops, are its own.
 */
final class ChunkedPass<V> implements Pass {
  private final StepGraph<V> graph;
  private final int chunkSize;
  private final Placeholder<TInt32> place;
  private final List<Operand<TFloat32>> projections;

  /** What every chunk gives, by the name of the placeholder that takes it for the whole batch. */
  private final Map<String, Operand<TFloat32>> gathered = new LinkedHashMap<>();

  private final Reported reported;

  /** The loss's gradients by the projections, by the name of the placeholder that takes them. */
  private final Map<String, Output<?>> slopes = new LinkedHashMap<>();

  private final StepGraph.Ends ends;

  /**
   * Builds the graph.
   *
   * @throws IllegalArgumentException if the method is not separable, or its loss does not depend on
   *     a trainable parameter
   */
  ChunkedPass(StepGraph<V> graph, ViewPipeline<?, V> views) {
    this.graph = graph;
    chunkSize = graph.recipe().chunkSize();
    SeparableMethod method = separable(graph.recipe());
    Ops tf = graph.tf();
    place = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    List<Output<TInt32>> fed = tf.unstack(place, 2L).output();
    graph.networkOfRowsFrom(fed.get(0));
    projections =
        method.project(
            graph.scope(),
            views.build(
                tf,
                Placeholders.of(tf, views.feeds()),
                graph.randomness().rows(fed.get(0), fed.get(1))));
    List<Operand<TFloat32>> whole = gather("projection", projections);
    List<Operand<TFloat32>> represented = graph.scope().represented();
    Objective objective = method.compare(graph.scope(), whole);
    reported =
        new Reported(
            objective.loss(),
            objective.metrics(),
            Diagnostics.of(tf, gather("representation", represented), whole),
            Optional.empty());
    List<GradientOf> gradients = graph.gradients(carried(whole));
    Ops gated = Gradients.after(tf, Gradients.ops(gradients));
    ends = graph.ends(gated, Accumulation.sum(gated, gradients, graph.slots()));
  }

  @Override
  public Taken run(Session session, Feeds feeds, Turn turn) {
    try (Feeds whole = gathered(session, feeds, turn)) {
      Session.Runner runner = graph.feed(reported.fetch(session.runner(), turn), turn.inputs());
      whole.tensors().forEach(runner::feed);
      slopes.values().forEach(runner::fetch);
      try (Result result = runner.run()) {
        carry(session, feeds, turn, slopesIn(result, feeds.batchSize(), reported.size(turn)));
        return reported.taken(result, turn);
      }
    }
  }

  /** Where matrices of the whole batch will be fed. */
  private List<Operand<TFloat32>> gather(String name, List<Operand<TFloat32>> ofChunk) {
    List<Operand<TFloat32>> whole = new ArrayList<>();
    for (int i = 0; i < ofChunk.size(); i++) {
      // Without a head a projection is a representation, and nothing can be fetched twice.
      gathered.put(name + i, graph.tf().identity(ofChunk.get(i)));
      whole.add(matrix(name + i, ofChunk.get(i)));
    }
    return whole;
  }

  /** A scalar whose gradient by the parameters is the loss's, given the fed rows of its slopes. */
  private Operand<TFloat32> carried(List<Operand<TFloat32>> whole) {
    Ops tf = graph.tf();
    Output<?>[] all = graph.slopes(reported.loss(), whole);
    Operand<TFloat32> sum = tf.constant(0f);
    for (int i = 0; i < all.length; i++) {
      if (Gradients.present(all[i])) {
        String name = "slope" + i;
        slopes.put(name, all[i]);
        Operand<TFloat32> part = tf.math.mul(projections.get(i), matrix(name, projections.get(i)));
        sum =
            tf.math.add(
                sum, tf.reduceSum(part, tf.constant(new int[] {0, 1}), ReduceSum.keepDims(false)));
      }
    }
    return sum;
  }

  private Placeholder<TFloat32> matrix(String name, Operand<TFloat32> like) {
    return graph
        .tf()
        .withName(name)
        .placeholder(
            TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, like.shape().get(-1))));
  }

  /** What every chunk gives, for the whole batch, which the caller closes. */
  private Feeds gathered(Session session, Feeds feeds, Turn turn) {
    Map<String, TFloat32> whole = new LinkedHashMap<>();
    forEachChunk(
        session,
        feeds,
        turn,
        (chunk, runner) -> {
          gathered.values().forEach(runner::fetch);
          try (Result result = runner.run()) {
            int next = 0;
            for (String name : gathered.keySet()) {
              TFloat32 part = (TFloat32) result.get(next++);
              part.copyTo(
                  whole
                      .computeIfAbsent(name, key -> rowsLike(part, feeds.batchSize()))
                      .slice(Indices.range(chunk.from(), chunk.to())));
            }
          }
        });
    return new Feeds(feeds.batchSize(), whole);
  }

  private static TFloat32 rowsLike(TFloat32 part, int rows) {
    return TFloat32.tensorOf(part.shape().tail().prepend(rows));
  }

  /** The fetched slopes, from {@code first} on; they stay the result's. */
  private Feeds slopesIn(Result result, int batchSize, int first) {
    int next = first;
    Map<String, Tensor> fetched = new LinkedHashMap<>();
    for (String name : slopes.keySet()) {
      fetched.put(name, result.get(next++));
    }
    return new Feeds(batchSize, fetched);
  }

  private void carry(Session session, Feeds feeds, Turn turn, Feeds wholeSlopes) {
    forEachChunk(
        session,
        feeds,
        turn,
        (chunk, runner) -> {
          try (Feeds rows = wholeSlopes.rows(chunk.from(), chunk.to())) {
            rows.tensors().forEach(runner::feed);
            runner.addTarget(ends.end(chunk.to() == feeds.batchSize())).run().close();
          }
        });
  }

  /** The examples {@code from} (inclusive) to {@code to} (exclusive) of a batch. */
  private record Chunk(int from, int to) {}

  /** Cuts the batch into chunks that differ by one example at most. */
  private void forEachChunk(
      Session session, Feeds feeds, Turn turn, BiConsumer<Chunk, Session.Runner> work) {
    int size = feeds.batchSize();
    long chunks = (size + chunkSize - 1) / chunkSize;
    for (int i = 0; i < chunks; i++) {
      Chunk chunk = new Chunk((int) (size * i / chunks), (int) (size * (i + 1L) / chunks));
      try (Feeds rows = feeds.rows(chunk.from(), chunk.to());
          TInt32 where = TInt32.vectorOf(chunk.from(), size)) {
        Session.Runner runner = graph.feed(session.runner(), turn.inputs()).feed(place, where);
        rows.tensors().forEach(runner::feed);
        work.accept(chunk, runner);
      }
    }
  }

  private static SeparableMethod separable(Recipe<?> recipe) {
    if (recipe.method() instanceof SeparableMethod method) {
      return method;
    }
    throw new IllegalArgumentException(
        "chunk size needs a method whose loss sees a batch through its projections only, which %s is"
                .formatted(recipe.method().settings().get("name"))
            + " not; leave it out");
  }
}
