package dev.kindred.benchmarks;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.runtime.Sessions;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.GeneratedShapes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** SimCLR's two views of a batch of images of CIFAR's size: the host's half and the graph's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
public class ViewsBenchmark {
  /** The number of images. */
  @Param("256")
  public int batch;

  private final ImageViews views = ImageViews.simClr(SimClrStep.SIZE).canvas(SimClrStep.SIZE);
  private final Graph graph = new Graph();
  private Session session;
  private Placeholder<TInt32> seed;
  private List<Operand<TFloat32>> built;
  private List<Image> images;
  private Feeds packed;
  private int step;

  /** Draws the images and builds the views. */
  @Setup
  public void setUp() {
    GeneratedShapes shapes = GeneratedShapes.of(batch, SimClrStep.SIZE, 0);
    images = IntStream.range(0, batch).mapToObj(shapes::get).toList();
    packed = views.pack(images);
    Ops tf = Ops.create(graph);
    seed = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    built = views.build(tf, Placeholders.of(tf, views.feeds()), new Randomness(tf, seed));
    session = Sessions.open(graph);
  }

  /** Frees everything. */
  @TearDown
  public void tearDown() {
    packed.close();
    session.close();
    graph.close();
  }

  /** The host's half: images to tensors. */
  @Benchmark
  public int pack() {
    try (Feeds feeds = views.pack(images)) {
      return feeds.batchSize();
    }
  }

  /** The graph's half: tensors to two views, other ones at each call. */
  @Benchmark
  public void graph() {
    try (TInt32 seeds = TInt32.vectorOf(0, ++step)) {
      Session.Runner runner = session.runner().feed(seed, seeds);
      packed.tensors().forEach(runner::feed);
      built.forEach(runner::addTarget);
      runner.run().close();
    }
  }
}
