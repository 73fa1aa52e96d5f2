package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.data.Dataset;
import dev.kindred.data.Share;
import dev.kindred.distributed.Cluster;
import dev.kindred.distributed.WorkerOptions;
import dev.kindred.distributed.Workers;
import dev.kindred.embedding.Weights;
import dev.kindred.method.Byol;
import dev.kindred.method.Method;
import dev.kindred.method.MoCo;
import dev.kindred.method.SimClr;
import dev.kindred.method.Swav;
import dev.kindred.method.VicReg;
import dev.kindred.nn.Activations;
import dev.kindred.nn.BatchNorm;
import dev.kindred.nn.Block;
import dev.kindred.nn.Conv2d;
import dev.kindred.nn.Pooling;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.Precision;
import dev.kindred.train.Recipe;
import dev.kindred.train.StepPoint;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.Cifar;
import dev.kindred.vision.data.Split;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Whether two workers make the steps that one process makes of the whole batch: losses and
 * parameters side by side, batch statistics of all rows, the same order of data. The network has
 * GELU, for the gradient of ReLU jumps at 0: there one process on one processor and on two differ
 * by a per cent after one step already.
 */
@Command(name = "workers")
public final class WorkersCheck implements Runnable {
  private static final int WORKERS = 2;
  private static final int SIDE = 32;

  @Parameters(paramLabel = "CIFAR10_DIR")
  private Path folder = Path.of("");

  @Option(names = "--batch")
  private int batch = 128;

  @Option(names = "--steps")
  private int steps = 20;

  @Option(names = "--lr")
  private float rate = 0.06f;

  private final PrintStream out = System.out;

  private WorkersCheck() {}

  /** Runs the check; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new WorkersCheck(), arguments));
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    try (Dataset<Image> cifar = Cifar.cifar10(folder, Split.TRAIN)) {
      List<Image> images = IntStream.range(0, batch * steps).mapToObj(cifar::get).toList();
      for (Method method :
          List.of(
              SimClr.defaults(),
              MoCo.defaults(),
              Byol.defaults(),
              Swav.defaults(),
              VicReg.defaults())) {
        compare(method, images);
      }
    }
  }

  /**
   * What a training gave.
   *
   * @param losses of each step
   * @param weights of the online branch
   */
  private record Trained(List<Float> losses, Map<String, float[]> weights) {}

  private void compare(Method method, List<Image> images) {
    Trained one = train(method, images, Collectives.alone());
    List<String> addresses = Cluster.localAddresses(WORKERS);
    List<CompletableFuture<Trained>> crew =
        IntStream.range(0, WORKERS)
            .mapToObj(
                task ->
                    CompletableFuture.supplyAsync(
                        () -> joined(method, images, Cluster.of(addresses, task)),
                        work -> new Thread(work).start()))
            .toList();
    Trained two = crew.get(0).join();
    crew.forEach(CompletableFuture::join);
    double loss = 0;
    for (int i = 0; i < steps; i++) {
      loss = Math.max(loss, Math.abs(one.losses().get(i) - two.losses().get(i)));
    }
    double square = 0;
    double norm = 0;
    double worst = 0;
    for (Map.Entry<String, float[]> entry : one.weights().entrySet()) {
      float[] other = Objects.requireNonNull(two.weights().get(entry.getKey()));
      double largest = 0;
      double off = 0;
      for (int i = 0; i < other.length; i++) {
        double right = entry.getValue()[i];
        square += Math.pow(right - other[i], 2);
        norm += right * right;
        largest = Math.max(largest, Math.abs(right));
        off = Math.max(off, Math.abs(right - other[i]));
      }
      worst = Math.max(worst, off / largest);
    }
    out.printf(
        Locale.ROOT,
        "%-8s loss %.6f to %.6f, at most %.1e apart; parameters %.1e apart of their norm, %.1e of a"
            + " tensor's largest value%n",
        method.settings().get("name"),
        one.losses().get(0),
        one.losses().get(steps - 1),
        loss,
        Math.sqrt(square / norm),
        worst);
  }

  private Trained joined(Method method, List<Image> images, Cluster cluster) {
    try (Workers workers = Workers.join(cluster, WorkerOptions.defaults())) {
      Trained trained = train(method, images, workers);
      workers.leave(null);
      return trained;
    }
  }

  private Trained train(Method method, List<Image> images, Collectives workers) {
    ImageViews views = ImageViews.simClr(SIDE);
    Share share = new Share(workers, batch, true);
    Recipe<Operand<TFloat32>> recipe =
        new Recipe<>(
            method,
            new Smooth(64),
            Sgd.momentum(0.9f).weightDecay(5e-4f),
            null,
            Accumulation.of(1),
            Recipe.WHOLE,
            Precision.FLOAT32,
            0);
    List<Float> losses = new ArrayList<>();
    try (TrainingStep<Image, Operand<TFloat32>> step = new TrainingStep<>(recipe, views, share)) {
      for (int i = 0; i < steps; i++) {
        int first = i * batch + share.firstRow();
        try (Batch rows = Batch.of(views.pack(images.subList(first, first + share.rows())))) {
          losses.add(step.run(rows, new StepPoint(i + 1, rate, (double) i / steps)).loss());
        }
      }
      try (Weights weights = step.weights(Method.ONLINE)) {
        return new Trained(losses, values(weights));
      }
    }
  }

  private static Map<String, float[]> values(Weights weights) {
    Map<String, float[]> values = new LinkedHashMap<>();
    weights
        .byPath()
        .forEach(
            (path, tensor) -> {
              FloatDataBuffer data = tensor.asRawTensor().data().asFloats();
              float[] copy = new float[Math.toIntExact(data.size())];
              data.read(copy);
              values.put(path, copy);
            });
    return values;
  }

  /** Three convolutions with batch statistics and GELU. */
  private record Smooth(int dimension) implements TensorEncoder {
    @Override
    public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
      return layer(16)
          .named("layer0")
          .then(layer(32).named("layer1"))
          .then(layer(dimension).named("layer2"))
          .then(Pooling.globalAverage())
          .apply(scope, view);
    }

    private static Block layer(int filters) {
      return new Conv2d(filters, 3, 2)
          .named("conv")
          .then(BatchNorm.create().named("bn"))
          .then(Activations.gelu());
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "smooth", "dimension", dimension);
    }
  }
}
