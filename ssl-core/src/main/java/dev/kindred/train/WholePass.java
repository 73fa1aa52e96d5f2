package dev.kindred.train;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.ViewPipeline;
import dev.kindred.method.MethodScope;
import dev.kindred.method.Objective;
import dev.kindred.optim.GradientOf;
import dev.kindred.optim.Gradients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    graph.requireExchanged();
    List<Op> before = new ArrayList<>(graph.scope().exchanged());
    Optional<Operand<TFloat32>> signals = graph.signals();
    signals.ifPresent(before::add);
    List<GradientOf> gradients = graph.gradients(objective.loss());
    before.addAll(reportedAlways(objective));
    before.addAll(Gradients.ops(gradients));
    Ops gated = Gradients.after(tf, before);
    reported =
        new Reported(objective.loss(), objective.metrics(), diagnostics(graph.scope()), signals);
    ends =
        recipe.accumulation().microBatches() == 1
            ? graph.ends(gated, gradients)
            : graph.ends(gated, recipe.accumulation().apply(gated, gradients, graph.slots()));
  }

  @Override
  public Taken run(Session session, Feeds feeds, Turn turn) {
    Session.Runner runner = graph.feed(reported.fetch(session.runner(), turn), turn.inputs());
    feeds.tensors().forEach(runner::feed);
    try (Result result = runner.addTarget(ends.end(turn.last())).run()) {
      return reported.taken(result, turn);
    }
  }

  /** All but the diagnostics, which read activations only and are not always there. */
  private static List<Op> reportedAlways(Objective objective) {
    List<Op> all = new ArrayList<>(objective.metrics().values());
    all.add(objective.loss());
    return all;
  }

  private static Map<String, Operand<TFloat32>> diagnostics(MethodScope<?> scope) {
    return Diagnostics.of(scope.tf(), scope.all(scope.represented()), scope.all(scope.projected()));
  }
}
