package dev.kindred.optim;

import dev.kindred.nn.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of a step, and what runs only once they are there. TensorFlow's variables are
 * changed in place under whoever still reads them, so a step's order is fixed by control
 * dependencies: all gradients, then the optimizer's updates, then what follows these.
 *
 * <pre>{@code
 * List<GradientOf> gradients = Gradients.of(graph, loss, trained);
 * Ops gated = Gradients.after(tf, Gradients.ops(gradients));
 * List<Op> updates = optimizer.apply(gated, gradients, inputs, slots);
 * }</pre>
 */
public final class Gradients {
  private Gradients() {}

  /**
   * Adds the gradients of {@code loss} to the graph.
   *
   * @param loss a scalar
   * @param parameters trainable ones
   * @throws IllegalArgumentException if the loss does not depend on one of them
   */
  public static List<GradientOf> of(
      Graph graph, Operand<TFloat32> loss, Collection<Parameter> parameters) {
    List<Parameter> trained = List.copyOf(parameters);
    Output<?>[] slopes = slopes(graph, loss, trained.stream().map(Parameter::value).toList());
    List<GradientOf> gradients = new ArrayList<>();
    for (int i = 0; i < slopes.length; i++) {
      Parameter parameter = trained.get(i);
      if (!present(slopes[i])) {
        throw new IllegalArgumentException(
            "the method's loss must depend on every trainable parameter, but not on "
                + parameter.path());
      }
      gradients.add(new GradientOf(parameter, slopes[i].expect(TFloat32.class)));
    }
    return gradients;
  }

  /** The gradient of {@code loss} by each of {@code inputs}, which may not be {@link #present}. */
  public static Output<?>[] slopes(
      Graph graph, Operand<TFloat32> loss, List<? extends Operand<?>> inputs) {
    return graph.addGradients(
        loss.asOutput(), inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
  }

  /** TensorFlow answers with an output of no operation where the loss does not depend on it. */
  public static boolean present(Output<?> slope) {
    return !slope.isClosed();
  }

  /** The operations that compute these gradients. */
  public static List<Op> ops(List<GradientOf> gradients) {
    return gradients.stream().<Op>map(GradientOf::gradient).toList();
  }

  /** What is built through the result runs once all of {@code before} has: one edge each. */
  public static Ops after(Ops tf, List<? extends Op> before) {
    return tf.withControlDependencies(tf.withControlDependencies(List.<Op>copyOf(before)).noOp());
  }

  /**
   * Adds the optimizer's updates.
   *
   * @param gated the graph, carrying control dependencies on all gradients of the step
   * @param clip what bounds the gradients first, if anything does
   * @return the updates; the step is done when all have run
   */
  public static List<Op> apply(
      Ops gated,
      List<GradientOf> gradients,
      @Nullable GradientClip clip,
      Optimizer optimizer,
      StepInputs inputs,
      Slots slots) {
    if (clip == null) {
      return optimizer.apply(gated, gradients, inputs, slots);
    }
    List<GradientOf> clipped = clip.apply(gated, gradients).gradients();
    return optimizer.apply(after(gated, ops(clipped)), clipped, inputs, slots);
  }
}
