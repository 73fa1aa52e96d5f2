package dev.kindred.train;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.ViewPipeline;
import dev.kindred.method.Objective;
import dev.kindred.optim.GradientOf;
import dev.kindred.optim.Gradients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The whole batch in one {@code Session.run}. */
final class WholePass<V> implements Pass {
  private final StepGraph<V> graph;
  private final Reported reported;
  private final StepGraph.Ends ends;

  WholePass(StepGraph<V> graph, ViewPipeline<?, V> views) {
    this.graph = graph;
    Ops tf = graph.tf();
    Recipe<V> recipe = graph.recipe();
    List<V> seen = views.build(tf, Placeholders.of(tf, views.feeds()), graph.randomness());
    Objective objective = recipe.method().build(graph.scope(), seen);
    Map<String, Operand<TFloat32>> diagnostics =
        Diagnostics.of(tf, graph.scope().represented(), graph.scope().projected());
    reported = new Reported(objective.loss(), objective.metrics(), diagnostics);
    List<GradientOf> gradients = graph.gradients(objective.loss());
    Ops gated = Gradients.after(tf, everythingBefore(objective, gradients));
    ends =
        recipe.accumulation().microBatches() == 1
            ? graph.ends(gated, gradients)
            : graph.ends(gated, recipe.accumulation().apply(gated, gradients, graph.slots()));
  }

  @Override
  public TrainingStep.Outcome run(Session session, Feeds feeds, Turn turn) {
    Session.Runner runner = graph.feed(reported.fetch(session.runner(), turn), turn.inputs());
    feeds.tensors().forEach(runner::feed);
    try (Result result = runner.addTarget(ends.end(turn.last())).run()) {
      return reported.outcome(result, turn);
    }
  }

  /** All but the diagnostics, which read activations only and are not always there. */
  private static List<Op> everythingBefore(Objective objective, List<GradientOf> gradients) {
    List<Op> before = new ArrayList<>();
    before.add(objective.loss());
    before.addAll(objective.metrics().values());
    before.addAll(Gradients.ops(gradients));
    return before;
  }
}
