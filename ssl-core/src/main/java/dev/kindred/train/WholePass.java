package dev.kindred.train;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.ViewPipeline;
import dev.kindred.method.Objective;
import dev.kindred.optim.GradientOf;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** The whole batch in one {@code Session.run}. */
final class WholePass<V> implements Pass {
  private final StepGraph<V> graph;
  private final Objective objective;
  private final StepGraph.Ends ends;

  WholePass(StepGraph<V> graph, ViewPipeline<?, V> views) {
    this.graph = graph;
    Ops tf = graph.tf();
    Recipe<V> recipe = graph.recipe();
    List<V> seen = views.build(tf, Placeholders.of(tf, views.feeds()), graph.randomness());
    objective = recipe.method().build(graph.scope(), seen);
    List<GradientOf> gradients = graph.gradients(objective.loss());
    Ops gated = StepGraph.after(tf, everythingBefore(gradients));
    ends =
        recipe.accumulation().microBatches() == 1
            ? graph.ends(gated, gradients)
            : graph.ends(gated, recipe.accumulation().apply(gated, gradients, graph.slots()));
  }

  @Override
  public TrainingStep.Outcome run(
      Session session, Feeds feeds, StepGraph.Inputs inputs, boolean last) {
    Session.Runner runner = graph.feed(Pass.fetch(session.runner(), objective), inputs);
    feeds.tensors().forEach(runner::feed);
    try (Result result = runner.addTarget(ends.end(last)).run()) {
      return Pass.outcome(result, objective);
    }
  }

  private List<Op> everythingBefore(List<GradientOf> gradients) {
    List<Op> before = new ArrayList<>();
    before.add(objective.loss());
    before.addAll(objective.metrics().values());
    gradients.forEach(gradient -> before.add(gradient.gradient()));
    return before;
  }
}
