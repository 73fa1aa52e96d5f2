package dev.kindred.benchmarks;

import dev.kindred.losses.NtXent;
import dev.kindred.runtime.Sessions;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** {@link NtXent} forwards and backwards, on projections as wide as SimCLR's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
public class LossBenchmark {
  private static final int WIDTH = 128;

  /** The number of examples. */
  @Param({"256", "512"})
  public int batch;

  private final Graph graph = new Graph();
  private Session session;
  private Placeholder<TFloat32> view0;
  private Placeholder<TFloat32> view1;
  private Output<?>[] wanted;
  private TFloat32 first;
  private TFloat32 second;

  /** Builds loss and gradients, and draws the projections. */
  @Setup
  public void setUp() {
    Ops tf = Ops.create(graph);
    Shape shape = Shape.of(batch, WIDTH);
    view0 = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    view1 = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Output<?> loss =
        NtXent.withTemperature(NtXent.DEFAULT_TEMPERATURE).of(tf, view0, view1).asOutput();
    Output<?>[] slopes = graph.addGradients(loss, new Output<?>[] {view0.output(), view1.output()});
    wanted = new Output<?>[] {loss, slopes[0], slopes[1]};
    session = Sessions.open(graph);
    Random random = new Random(0);
    first = noise(shape, random);
    second = noise(shape, random);
  }

  /** Frees everything. */
  @TearDown
  public void tearDown() {
    first.close();
    second.close();
    session.close();
    graph.close();
  }

  /** The loss and its gradients by both projections. */
  @Benchmark
  public float ntXent() {
    Session.Runner runner = session.runner().feed(view0, first).feed(view1, second);
    for (Output<?> output : wanted) {
      runner.fetch(output);
    }
    try (Result result = runner.run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  private static TFloat32 noise(Shape shape, Random random) {
    return TFloat32.tensorOf(
        shape,
        data -> data.scalars().forEach(each -> each.setFloat((float) random.nextGaussian())));
  }
}
