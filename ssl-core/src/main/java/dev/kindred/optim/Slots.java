package dev.kindred.optim;

import dev.kindred.nn.Parameter;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The state variables that optimizers and {@link Accumulation} keep for parameters, by name, so
 * that checkpoints can list them. Part of graph building: confined to one thread.
 */
public final class Slots {
  private final Ops init;
  private final Map<String, SlotVariable> byName = new LinkedHashMap<>();

  /**
   * Creates an empty collection.
   *
   * @param tf the graph that the variables go into
   */
  public Slots(Ops tf) {
    this.init = tf.withInitScope();
  }

  /**
   * Makes a variable of the parameter's shape that starts at zero.
   *
   * @param slot what it is for, with its owner: {@code sgd/momentum}; the variable's name is this,
   *     a slash and the parameter's path
   * @throws IllegalArgumentException if the parameter has that slot already
   */
  public Variable<TFloat32> zeros(String slot, Parameter parameter) {
    String name = slot + "/" + parameter.path();
    if (byName.containsKey(name)) {
      throw new IllegalArgumentException(
          name + " exists already: apply an optimizer to each parameter once");
    }
    SlotVariable made = new SlotVariable(name, create(name, parameter));
    byName.put(name, made);
    return made.variable();
  }

  /** All variables in the order in which they were made. */
  public Collection<SlotVariable> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  private Variable<TFloat32> create(String name, Parameter parameter) {
    var shape = parameter.variable().shape();
    // TensorFlow Java takes no slash in the name of an operation.
    Variable<TFloat32> variable =
        init.withName(name.replace('/', '.')).variable(shape, TFloat32.class);
    init.assign(variable, init.zeros(init.constant(shape.asArray()), TFloat32.class));
    return variable;
  }
}
