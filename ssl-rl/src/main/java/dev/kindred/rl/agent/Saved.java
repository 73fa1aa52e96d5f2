package dev.kindred.rl.agent;

import dev.kindred.embedding.Assignment;
import dev.kindred.embedding.Weights;
import dev.kindred.nn.Parameter;
import dev.kindred.optim.SlotVariable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/** Everything of a graph that a checkpoint holds: parameters and the optimizer's state. */
final class Saved {
  private final List<Parameter> all;
  private final Assignment assignment;

  Saved(Ops tf, Collection<Parameter> parameters, Collection<SlotVariable> slots) {
    all = new ArrayList<>(parameters);
    for (SlotVariable slot : slots) {
      all.add(
          new Parameter(
              slot.name(),
              slot.variable(),
              tf.identity(slot.variable()),
              Parameter.Role.STATISTIC,
              false));
    }
    assignment = new Assignment(tf, all);
  }

  Weights read(Session session) {
    return Weights.read(session, all);
  }

  void assign(Session session, Weights values) {
    assignment.run(session, values);
  }
}
