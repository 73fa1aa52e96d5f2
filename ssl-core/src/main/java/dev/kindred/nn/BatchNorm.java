package dev.kindred.nn;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Ones;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Batch normalisation over the last dimension of {@code [batch, features]} or {@code [batch,
 * height, width, channels]}: {@code gamma (x - mean) / sqrt(variance + epsilon) + beta}. Training
 * uses the batch's mean and biased variance and moves the running statistics, {@code running =
 * momentum running + (1 - momentum) batch}, with the unbiased variance, as PyTorch does; inference
 * uses the running statistics. Parameters: {@code gamma}, {@code beta}, {@code mean}, {@code
 * variance}. In a {@link Scope#normGroups} each group of the batch is normalised by its own.
 *
 * @param momentum how much of a running statistic stays at each step, in {@code [0, 1)}
 * @param epsilon what keeps the divisor from zero, {@code > 0}
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015, Batch Normalization</a>
 */
public record BatchNorm(float momentum, float epsilon) implements Block {
  /** PyTorch's default; its own "momentum" is one minus this. */
  public static final float DEFAULT_MOMENTUM = 0.9f;

  /** PyTorch's default. */
  public static final float DEFAULT_EPSILON = 1e-5f;

  private static final long SUMS = 3;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public BatchNorm {
    Require.decayRate("momentum", momentum);
    Require.positive("epsilon", epsilon);
  }

  /** Batch normalisation with PyTorch's defaults. */
  public static BatchNorm create() {
    return new BatchNorm(DEFAULT_MOMENTUM, DEFAULT_EPSILON);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    Terms terms = terms(scope, Checks.lastDimension(scope, input));
    return scope.training() ? byBatch(scope, input, terms) : byRunning(scope.tf(), input, terms);
  }

  /**
   * The affine map that inference applies, as one factor and one offset per channel.
   *
   * @param factor {@code gamma / sqrt(variance + epsilon)}
   * @param offset {@code beta - mean factor}
   */
  record Affine(Operand<TFloat32> factor, Operand<TFloat32> offset) {}

  /** What inference does to {@code channels} channels, for a layer before this that absorbs it. */
  Affine inference(Scope scope, long channels) {
    return affine(scope.tf(), terms(scope, channels));
  }

  private record Terms(
      Operand<TFloat32> gamma, Operand<TFloat32> beta, Parameter mean, Parameter variance) {}

  private static Terms terms(Scope scope, long channels) {
    Shape shape = Shape.of(channels);
    return new Terms(
        scope.parameter("gamma", shape, seed -> new Ones<>(), Parameter.Role.BIAS_OR_NORM),
        scope.parameter("beta", shape, seed -> new Zeros<>(), Parameter.Role.BIAS_OR_NORM),
        scope.statistic("mean", shape, 0),
        scope.statistic("variance", shape, 1));
  }

  private Operand<TFloat32> byBatch(Scope scope, Operand<TFloat32> input, Terms terms) {
    Ops tf = scope.tf();
    boolean flat = input.shape().numDimensions() == 2;
    Operand<TFloat32> images = flat ? asImages(tf, input) : input;
    Batch normalized =
        scope.statistics().shared()
            ? byAllWorkers(scope, images, terms)
            : byGroups(tf, images, terms, scope.normGroups());
    follow(scope, terms.mean(), normalized.mean());
    follow(scope, terms.variance(), normalized.variance());
    return flat ? tf.reshape(normalized.y(), tf.constant(rowsOf(input))) : normalized.y();
  }

  /** A normalised batch and its statistics. */
  private record Batch(Operand<TFloat32> y, Operand<TFloat32> mean, Operand<TFloat32> variance) {}

  /**
   * The statistics are the means of the groups'. Each group has its own copy of gamma and beta, so
   * that their gradients are added up by one operation: the order in which TensorFlow adds up those
   * of one tensor's several uses differs from graph to graph.
   */
  private Batch byGroups(Ops tf, Operand<TFloat32> images, Terms terms, int groups) {
    if (groups == 1) {
      return fused(tf, images, terms.gamma(), terms.beta());
    }
    Operand<TInt32> axis = tf.constant(0);
    List<? extends Operand<TFloat32>> gammas = copies(tf, terms.gamma(), groups);
    List<? extends Operand<TFloat32>> betas = copies(tf, terms.beta(), groups);
    List<? extends Operand<TFloat32>> inputs = tf.split(axis, images, (long) groups).output();
    List<Batch> parts = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      parts.add(fused(tf, inputs.get(i), gammas.get(i), betas.get(i)));
    }
    return new Batch(
        tf.concat(parts.stream().map(Batch::y).toList(), axis),
        tf.math.mean(tf.stack(parts.stream().map(Batch::mean).toList()), axis),
        tf.math.mean(tf.stack(parts.stream().map(Batch::variance).toList()), axis));
  }

  /**
   * The statistics of all workers' rows, from one sum over the workers. What is summed is counted
   * from the running mean, so that the variance does not come from two large numbers that nearly
   * cancel.
   */
  private Batch byAllWorkers(Scope scope, Operand<TFloat32> images, Terms terms) {
    Require.that(
        scope.normGroups() == 1,
        "norm groups",
        "1 where batch statistics are those of all workers",
        scope.normGroups());
    Ops tf = scope.tf();
    Operand<TFloat32> zero = tf.stopGradient(terms.mean().value());
    Operand<TFloat32> centred = tf.math.sub(images, zero);
    Operand<TFloat32> own =
        tf.stack(
            List.of(
                sum(tf, centred),
                sum(tf, tf.math.square(centred)),
                sum(tf, tf.stopGradient(tf.onesLike(images)))));
    List<? extends Operand<TFloat32>> all =
        tf.unstack(scope.statistics().sum(tf, own), SUMS).output();
    Operand<TFloat32> count = all.get(2);
    Operand<TFloat32> mean = tf.math.div(all.get(0), count);
    Operand<TFloat32> variance =
        tf.math.maximum(
            tf.math.sub(tf.math.div(all.get(1), count), tf.math.square(mean)), tf.constant(0f));
    Operand<TFloat32> factor =
        tf.math.mul(terms.gamma(), tf.math.rsqrt(tf.math.add(variance, tf.constant(epsilon))));
    Operand<TFloat32> offset = tf.math.sub(terms.beta(), tf.math.mul(mean, factor));
    return new Batch(
        tf.math.add(tf.math.mul(centred, factor), offset),
        tf.math.add(zero, mean),
        tf.math.div(
            tf.math.mul(variance, count),
            tf.math.maximum(tf.math.sub(count, tf.constant(1f)), tf.constant(1f))));
  }

  /** The sum over all but the channels. */
  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> images) {
    return tf.reduceSum(images, tf.constant(new int[] {0, 1, 2}));
  }

  private static List<? extends Operand<TFloat32>> copies(
      Ops tf, Operand<TFloat32> vector, int count) {
    Operand<TFloat32> ones = tf.fill(tf.array(count, 1), tf.constant(1f));
    return tf.unstack(tf.math.mul(ones, vector), (long) count).output();
  }

  private Batch fused(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> gamma, Operand<TFloat32> beta) {
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            images,
            gamma,
            beta,
            none,
            none,
            FusedBatchNorm.epsilon(epsilon),
            FusedBatchNorm.isTraining(true));
    return new Batch(norm.y(), norm.batchMean(), norm.batchVariance());
  }

  private void follow(Scope scope, Parameter running, Operand<TFloat32> batch) {
    if (!scope.statistics().shared()) {
      scope.differs(running);
    }
    scope.replace(
        running,
        Network.When.STEP,
        (tf, current) ->
            tf.math.sub(
                current, tf.math.mul(tf.math.sub(current, batch), tf.constant(1 - momentum))));
  }

  private Operand<TFloat32> byRunning(Ops tf, Operand<TFloat32> input, Terms terms) {
    Affine affine = affine(tf, terms);
    return tf.math.add(tf.math.mul(input, affine.factor()), affine.offset());
  }

  private Affine affine(Ops tf, Terms terms) {
    Operand<TFloat32> spread = tf.math.add(terms.variance().value(), tf.constant(epsilon));
    Operand<TFloat32> factor = tf.math.mul(terms.gamma(), tf.math.rsqrt(spread));
    Operand<TFloat32> offset = tf.math.sub(terms.beta(), tf.math.mul(terms.mean().value(), factor));
    return new Affine(factor, offset);
  }

  private static Operand<TFloat32> asImages(Ops tf, Operand<TFloat32> rows) {
    return tf.reshape(rows, tf.constant(new long[] {-1, 1, 1, rows.shape().get(-1)}));
  }

  private static long[] rowsOf(Operand<TFloat32> input) {
    return new long[] {-1, input.shape().get(-1)};
  }
}
