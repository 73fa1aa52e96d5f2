package dev.kindred.embedding;

import dev.kindred.nn.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The operations that give the parameters of one graph values from outside. */
public final class Assignment {
  private final Map<String, Placeholder<TFloat32>> values = new LinkedHashMap<>();
  private final Map<String, Op> assigns = new LinkedHashMap<>();

  /** Adds the operations for {@code parameters} to their graph. */
  public Assignment(Ops tf, Collection<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      Placeholder<TFloat32> value =
          tf.placeholder(TFloat32.class, Placeholder.shape(parameter.variable().shape()));
      values.put(parameter.path(), value);
      assigns.put(parameter.path(), tf.assign(parameter.variable(), value));
    }
  }

  /**
   * Assigns.
   *
   * @param weights a value for every parameter; stays the caller's
   * @throws IllegalArgumentException if one is missing
   */
  public void run(Session session, Weights weights) {
    Session.Runner runner = session.runner();
    values.forEach((path, placeholder) -> runner.feed(placeholder, weights.value(path)));
    assigns.values().forEach(runner::addTarget);
    runner.run().close();
  }
}
