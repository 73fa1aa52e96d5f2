package dev.kindred.train;

import dev.kindred.data.Feeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** The way of a batch through the graph. */
interface Pass {
  /**
   * What is asked of one pass.
   *
   * @param inputs what is fed beside the batch
   * @param last whether this batch ends the step, so that the parameters move
   * @param diagnose whether {@link Diagnostics} are among the metrics
   */
  record Turn(StepGraph.Inputs inputs, boolean last, boolean diagnose) {}

  /**
   * What came of a batch.
   *
   * @param outcome what the step gave
   * @param said what all workers signalled
   */
  record Taken(TrainingStep.Outcome outcome, Signals said) {}

  /** Takes one batch through. */
  Taken run(Session session, Feeds feeds, Turn turn);

  /**
   * What a pass reports.
   *
   * @param loss the batch's loss
   * @param metrics what is reported at every step
   * @param diagnostics what is reported where it is asked for
   * @param signals what all workers signalled, where there are several
   */
  record Reported(
      Operand<TFloat32> loss,
      Map<String, Operand<TFloat32>> metrics,
      Map<String, Operand<TFloat32>> diagnostics,
      Optional<Operand<TFloat32>> signals) {

    /** Fetches it, before anything else. */
    Session.Runner fetch(Session.Runner runner, Turn turn) {
      runner.fetch(loss);
      wanted(turn).values().forEach(runner::fetch);
      signals.ifPresent(runner::fetch);
      return runner;
    }

    /** How many tensors {@link #fetch} fetches. */
    int size(Turn turn) {
      return 1 + wanted(turn).size() + (signals.isPresent() ? 1 : 0);
    }

    /** What {@link #fetch} fetched. */
    Taken taken(Result result, Turn turn) {
      Map<String, Float> values = new LinkedHashMap<>();
      int next = 1;
      for (String name : wanted(turn).keySet()) {
        values.put(name, ((TFloat32) result.get(next++)).getFloat());
      }
      return new Taken(
          new TrainingStep.Outcome(((TFloat32) result.get(0)).getFloat(), values),
          signals.isPresent() ? Signals.of((TFloat32) result.get(next)) : Signals.NONE);
    }

    private Map<String, Operand<TFloat32>> wanted(Turn turn) {
      Map<String, Operand<TFloat32>> wanted = new LinkedHashMap<>(metrics);
      if (turn.diagnose()) {
        wanted.putAll(diagnostics);
      }
      return wanted;
    }
  }
}
