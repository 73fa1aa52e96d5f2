package dev.kindred.train;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Mixed;
import dev.kindred.data.Mixing;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.method.Method;
import dev.kindred.method.SimClr;
import dev.kindred.nn.Activations;
import dev.kindred.nn.BatchNorm;
import dev.kindred.nn.Dense;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.optim.Schedule;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.KindredException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A domain of points, small enough to train within a test: the core without any pictures. */
public final class Toy {
  public static final int WIDTH = 6;

  private Toy() {}

  public static Pretraining<float[], Operand<TFloat32>> pretraining(Path out) {
    return pretraining(out, new Points(40, Set.of()));
  }

  public static Pretraining<float[], Operand<TFloat32>> pretraining(
      Path out, Dataset<float[]> data) {
    return pretraining(SimClr.defaults(), out, data);
  }

  public static Pretraining<float[], Operand<TFloat32>> pretraining(
      Method method, Path out, Dataset<float[]> data) {
    return Pretraining.of(method)
        .data(data)
        .views(new Noisy(2))
        .encoder(new Mlp(8))
        .optimizer(Sgd.momentum(0.9f).weightDecay(5e-4f))
        .schedule(Schedule.cosine(0.1f))
        .epochs(4)
        .batchSize(8)
        .seed(7)
        .out(out);
  }

  /** Ends the run without a chance to clean up, as a kill would. */
  public static TrainingListener dyingAt(long step) {
    return new TrainingListener() {
      @Override
      public void onStep(StepReport report) {
        if (report.step() == step) {
          throw new KindredException("killed");
        }
      }
    };
  }

  /**
   * Points on a sphere in one of two classes or in none; some of them cannot be read; {@code alike}
   * of them at a time share a key, unless it is 1.
   */
  public record Points(int size, Set<Integer> damaged, boolean labelled, int alike)
      implements Dataset<float[]> {
    public Points(int size, Set<Integer> damaged, boolean labelled) {
      this(size, damaged, labelled, 1);
    }

    public Points(int size, Set<Integer> damaged) {
      this(size, damaged, false);
    }

    @Override
    public long[] keys(int index) {
      return alike == 1 ? NO_KEYS : new long[] {index / alike};
    }

    @Override
    public float[] get(int index) {
      if (damaged.contains(index)) {
        throw new CorruptExampleException(id(index), "cut short", null);
      }
      Random random = new Random(index);
      float[] point = new float[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        point[i] = (float) random.nextGaussian();
      }
      return point;
    }

    @Override
    public String id(int index) {
      return "point/" + index;
    }

    @Override
    public int label(int index) {
      return labelled ? index % 2 : NO_LABEL;
    }

    @Override
    public List<String> classNames() {
      return labelled ? List.of("even", "odd") : List.of();
    }

    @Override
    public String description() {
      return "points";
    }

    @Override
    public void close() {}
  }

  /** Views with noise on every coordinate; one view without for inference. */
  public record Noisy(int views) implements ViewPipeline<float[], Operand<TFloat32>> {
    @Override
    public String domain() {
      return "point";
    }

    @Override
    public List<FeedSpec> feeds() {
      return List.of(new FeedSpec("points", TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, WIDTH)));
    }

    @Override
    public Feeds pack(List<float[]> examples) {
      float[][] rows = examples.toArray(float[][]::new);
      TFloat32 tensor =
          TFloat32.tensorOf(Shape.of(rows.length, WIDTH), t -> StdArrays.copyTo(rows, t));
      return new Feeds(rows.length, Map.of("points", tensor));
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Operand<TFloat32>> build(
        Ops tf, Map<String, Operand<?>> feeds, Randomness randomness) {
      Operand<TFloat32> points = (Operand<TFloat32>) feeds.get("points");
      if (views == 1) {
        return List.of(points);
      }
      return IntStream.range(0, views)
          .mapToObj(
              v ->
                  (Operand<TFloat32>)
                      tf.math.add(
                          points,
                          tf.math.mul(
                              randomness.child("view" + v).normal("noise", tf.shape(points), 0),
                              tf.constant(0.2f))))
          .toList();
    }

    /** Mixup of pairs. */
    @Override
    public Optional<Mixing<Operand<TFloat32>>> mixing() {
      if (views != 2) {
        return Optional.empty();
      }
      return Optional.of(Noisy::mixedUp);
    }

    private static Mixed<Operand<TFloat32>> mixedUp(
        Ops tf, Operand<TFloat32> view, Randomness randomness) {
      Operand<TInt32> batch =
          tf.slice(tf.shape(view), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
      Operand<TFloat32> share = randomness.uniform("share", batch, 0);
      Operand<TFloat32> weight = tf.expandDims(share, tf.constant(1));
      Operand<TFloat32> own = tf.math.mul(weight, view);
      Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), weight);
      return new Mixed<>(tf.math.add(own, tf.math.mul(rest, Mixing.before(tf, view))), share);
    }

    @Override
    public Noisy inference() {
      return new Noisy(1);
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "noisy", "views", views);
    }
  }

  /** One hidden layer with batch statistics. */
  public record Mlp(int dimension) implements TensorEncoder {
    @Override
    public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
      return Dense.of(dimension)
          .named("fc")
          .then(BatchNorm.create().named("bn"))
          .then(Activations.relu())
          .apply(scope, view);
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "mlp", "dimension", dimension);
    }
  }
}
