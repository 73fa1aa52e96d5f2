package dev.kindred.optim;

import dev.kindred.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Parameters of several shapes in a graph of their own, with gradients that the test feeds. */
final class Rig implements AutoCloseable {
  /** A parameter to be: its path, role, shape and initial values. */
  @SuppressWarnings("ArrayRecordComponent")
  record Spec(String path, Parameter.Role role, Shape shape, float[] initial) {
    static Spec random(String path, Parameter.Role role, Random random, long... shape) {
      Shape of = Shape.of(shape);
      return new Spec(path, role, of, gaussian(random, of, 0.5f));
    }

    static Spec zero(String path, Parameter.Role role, long... shape) {
      return new Spec(path, role, Shape.of(shape), new float[(int) Shape.of(shape).size()]);
    }

    float[] gradient(Random random) {
      return gaussian(random, shape, 0.1f);
    }

    private static float[] gaussian(Random random, Shape shape, float deviation) {
      float[] values = new float[(int) shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = deviation * (float) random.nextGaussian();
      }
      return values;
    }
  }

  final Graph graph = new Graph();
  final Ops tf = Ops.create(graph);
  final Slots slots = new Slots(tf);
  final Placeholder<TFloat32> learningRate = tf.placeholder(TFloat32.class);
  final Placeholder<TFloat32> step = tf.placeholder(TFloat32.class);
  final StepInputs inputs = new StepInputs(learningRate, step);
  final List<Parameter> parameters = new ArrayList<>();
  final List<Placeholder<TFloat32>> fed = new ArrayList<>();
  final List<GradientOf> gradients = new ArrayList<>();
  private Session session = new Session(graph);

  Rig(List<Spec> specs) {
    specs.forEach(this::add);
  }

  private void add(Spec spec) {
    Parameter parameter = parameter(tf, spec, true);
    Placeholder<TFloat32> gradient =
        tf.placeholder(TFloat32.class, Placeholder.shape(spec.shape()));
    parameters.add(parameter);
    fed.add(gradient);
    gradients.add(new GradientOf(parameter, gradient));
  }

  static Parameter parameter(Ops tf, Spec spec, boolean trainable) {
    Ops init = tf.withInitScope();
    Variable<TFloat32> variable = init.variable(spec.shape(), TFloat32.class);
    init.assign(
        variable,
        init.reshape(init.constant(spec.initial()), init.constant(spec.shape().asArray())));
    return new Parameter(spec.path(), variable, tf.identity(variable), spec.role(), trainable);
  }

  /** The graph behind control dependencies on all gradients. */
  Ops afterGradients() {
    List<Op> all = new ArrayList<>(fed);
    return tf.withControlDependencies(all);
  }

  void start() {
    session.close();
    session = new Session(graph);
    session.initialize();
  }

  /** Runs {@code targets} with these scalars and gradients. */
  void run(List<? extends Op> targets, float rate, long number, List<float[]> gradients) {
    fetch(targets, List.of(), rate, number, gradients);
  }

  /** Runs {@code targets} and returns the values of {@code wanted}. */
  List<float[]> fetch(
      List<? extends Op> targets,
      List<? extends Operand<TFloat32>> wanted,
      float rate,
      long number,
      List<float[]> gradients) {
    List<Tensor> owned = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      feed(runner, learningRate, TFloat32.scalarOf(rate), owned);
      feed(runner, step, TFloat32.scalarOf((float) number), owned);
      for (int i = 0; i < fed.size(); i++) {
        Shape shape = parameters.get(i).variable().shape();
        feed(runner, fed.get(i), tensor(shape, gradients.get(i)), owned);
      }
      targets.forEach(runner::addTarget);
      wanted.forEach(runner::fetch);
      try (var result = runner.run()) {
        List<float[]> values = new ArrayList<>();
        result.forEach(entry -> values.add(floats((TFloat32) entry.getValue())));
        return values;
      }
    } finally {
      owned.forEach(Tensor::close);
    }
  }

  private static void feed(
      Session.Runner runner, Operand<?> at, TFloat32 tensor, List<Tensor> owned) {
    owned.add(tensor);
    runner.feed(at, tensor);
  }

  private static TFloat32 tensor(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  /** The parameters' values now. */
  List<float[]> values() {
    return read(parameters.stream().map(Parameter::variable).toList());
  }

  List<float[]> read(List<Variable<TFloat32>> variables) {
    Session.Runner runner = session.runner();
    variables.forEach(runner::fetch);
    try (var result = runner.run()) {
      List<float[]> values = new ArrayList<>();
      result.forEach(entry -> values.add(floats((TFloat32) entry.getValue())));
      return values;
    }
  }

  static float[] floats(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
