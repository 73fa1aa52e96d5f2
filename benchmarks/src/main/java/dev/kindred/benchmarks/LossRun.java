package dev.kindred.benchmarks;

import dev.kindred.runtime.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A loss and its gradients on two matrices of noise. */
final class LossRun implements AutoCloseable {
  /** The width of SimCLR's projections. */
  static final int WIDTH = 128;

  private final Graph graph = new Graph();
  private final List<Operand<?>> wanted = new ArrayList<>();
  private final Placeholder<TFloat32> view0;
  private final Placeholder<TFloat32> view1;
  private final Session session;
  private final TFloat32 first;
  private final TFloat32 second;

  /** Adds a loss of two matrices to a graph. */
  interface Loss {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> view0, Operand<TFloat32> view1);
  }

  LossRun(int batch, int width, Loss loss) {
    Ops tf = Ops.create(graph);
    Shape shape = Shape.of(batch, width);
    view0 = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    view1 = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Operand<TFloat32> value = loss.of(tf, view0, view1);
    wanted.add(value);
    Output<?>[] views = {view0.output(), view1.output()};
    for (Output<?> slope : graph.addGradients(value.asOutput(), views)) {
      if (!slope.isClosed()) {
        wanted.add(slope);
      }
    }
    session = Sessions.open(graph);
    Random random = new Random(0);
    first = noise(shape, random);
    second = noise(shape, random);
  }

  /** Computes the loss and its gradients, and returns the loss. */
  float run() {
    Session.Runner runner = session.runner().feed(view0, first).feed(view1, second);
    wanted.forEach(runner::fetch);
    try (Result result = runner.run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  @Override
  public void close() {
    first.close();
    second.close();
    session.close();
    graph.close();
  }

  private static TFloat32 noise(Shape shape, Random random) {
    return TFloat32.tensorOf(
        shape,
        data -> data.scalars().forEach(each -> each.setFloat((float) random.nextGaussian())));
  }
}
