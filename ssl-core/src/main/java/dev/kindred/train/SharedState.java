package dev.kindred.train;

import dev.kindred.nn.Parameter;
import dev.kindred.runtime.Collectives;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The variables that several workers have alike. All have the first one's values when a run begins
 * or goes on; from then on equal updates keep them equal, but for running statistics of each
 * worker's own rows. These are moving averages, so the mean of the workers' is the moving average
 * of the workers' mean, whenever it is taken.
 */
final class SharedState {
  private final List<Op> taken = new ArrayList<>();
  private final List<Op> unified = new ArrayList<>();

  SharedState(
      Ops tf,
      Collectives workers,
      Map<String, Variable<TFloat32>> variables,
      List<Parameter> differing) {
    if (!workers.shared()) {
      return;
    }
    for (Variable<TFloat32> variable : variables.values()) {
      Operand<TFloat32> value = tf.identity(variable);
      Operand<TFloat32> own = workers.first() ? value : tf.zerosLike(value);
      taken.add(tf.assign(variable, workers.sum(tf, own)));
    }
    for (Parameter statistic : differing) {
      Operand<TFloat32> sum = workers.sum(tf, tf.identity(statistic.variable()));
      unified.add(
          tf.assign(statistic.variable(), tf.math.div(sum, tf.constant((float) workers.size()))));
    }
  }

  void takeFromFirst(Session session) {
    run(session, taken);
  }

  void unify(Session session) {
    run(session, unified);
  }

  private static void run(Session session, List<Op> operations) {
    if (!operations.isEmpty()) {
      Session.Runner runner = session.runner();
      operations.forEach(runner::addTarget);
      runner.run().close();
    }
  }
}
