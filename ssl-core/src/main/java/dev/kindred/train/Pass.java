package dev.kindred.train;

import dev.kindred.data.Feeds;
import dev.kindred.method.Objective;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/** The way of a batch through the graph. */
interface Pass {
  /**
   * Takes one batch through.
   *
   * @param last whether this batch ends the step, so that the parameters move
   */
  TrainingStep.Outcome run(Session session, Feeds feeds, StepGraph.Inputs inputs, boolean last);

  /** Fetches the loss and the metrics, in the order in which {@link #outcome} reads them. */
  static Session.Runner fetch(Session.Runner runner, Objective objective) {
    runner.fetch(objective.loss());
    objective.metrics().values().forEach(runner::fetch);
    return runner;
  }

  /** What {@link #fetch} fetched, which comes first in {@code result}. */
  static TrainingStep.Outcome outcome(Result result, Objective objective) {
    Map<String, Float> metrics = new LinkedHashMap<>();
    int next = 1;
    for (String name : objective.metrics().keySet()) {
      metrics.put(name, scalar(result.get(next++)));
    }
    return new TrainingStep.Outcome(scalar(result.get(0)), metrics);
  }

  private static float scalar(Tensor tensor) {
    return ((TFloat32) tensor).getFloat();
  }
}
