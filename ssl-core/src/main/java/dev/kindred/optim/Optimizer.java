package dev.kindred.optim;

import java.util.List;
import java.util.Map;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * A rule that turns gradients into changes of parameters. An immutable description, like {@code
 * nn.Block}; its state lives in {@link Slots}.
 */
public interface Optimizer {
  /**
   * Adds one update for each gradient to the graph.
   *
   * <p>Updates write the variables in place, so none may run while a gradient is still being
   * computed from them: an operation of the gradients that runs later would read changed weights,
   * and every run would give another result.
   *
   * @param tf the graph, carrying control dependencies on all gradients of the step
   * @param gradients what to apply; each parameter at most once
   * @param inputs the scalars that are fed at each step
   * @param slots where this optimizer's state is made
   * @return the updates, in the order of {@code gradients}; the step is done when all have run
   */
  List<Op> apply(Ops tf, List<GradientOf> gradients, StepInputs inputs, Slots slots);

  /**
   * Everything that defines this optimizer, in JSON types; {@code name} comes first. {@link #of} is
   * the inverse.
   */
  Map<String, Object> settings();

  /**
   * The optimizer of this package that {@code settings} describe.
   *
   * @param settings what {@link #settings} returned, possibly after a way through JSON; every
   *     setting must be there
   * @throws IllegalArgumentException if the name is unknown, or a setting is missing, unknown or
   *     out of range
   */
  static Optimizer of(Map<String, ?> settings) {
    Settings.Reader in = Settings.read("optimizer", settings);
    Optimizer optimizer =
        switch (in.name()) {
          case Sgd.NAME -> Sgd.of(in);
          case AdamW.NAME -> AdamW.of(in);
          case Lars.NAME -> Lars.of(in);
          case Lamb.NAME -> Lamb.of(in);
          default -> throw in.unknownName(Sgd.NAME, AdamW.NAME, Lars.NAME, Lamb.NAME);
        };
    in.end();
    return optimizer;
  }
}
