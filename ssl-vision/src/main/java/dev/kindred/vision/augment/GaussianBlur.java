package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Blurs an image with a probability, by a Gaussian of random width; edges are reflected.
 *
 * <p>The standard deviation is uniform in {@code [minSigma, maxSigma]}, one for each image. As in
 * torchvision the weights at {@code -kernel / 2 ... kernel / 2} sum to 1. The blur of an axis is a
 * banded matrix, so that a batch is blurred by two matrix products.
 *
 * @param kernel the pixels that a weight is given to, odd; less than twice the side of the view
 * @param minSigma the smallest standard deviation in pixels, above 0
 * @param maxSigma the largest standard deviation in pixels
 * @param probability the share of images that are blurred, in {@code [0, 1]}
 */
public record GaussianBlur(int kernel, double minSigma, double maxSigma, double probability)
    implements Augmentation {
  /** The smallest standard deviation in SimCLR (Chen et al. 2020, appendix A). */
  public static final double DEFAULT_MIN_SIGMA = 0.1;

  /** The largest standard deviation in SimCLR. */
  public static final double DEFAULT_MAX_SIGMA = 2;

  /** The share of images that SimCLR blurs. */
  public static final double DEFAULT_PROBABILITY = 0.5;

  private static final int SIZE_PER_KERNEL = 10;

  /** Checks the settings. */
  public GaussianBlur {
    Require.that(kernel >= 1 && kernel % 2 == 1, "kernel", "odd and >= 1", kernel);
    Require.that(
        minSigma > 0 && minSigma <= maxSigma && Double.isFinite(maxSigma),
        "sigma",
        "[min, max] with 0 < min <= max",
        List.of(minSigma, maxSigma));
    Require.share("probability", probability);
  }

  /** SimCLR's for views of {@code size} pixels: the kernel is a tenth of that, made odd. */
  public static GaussianBlur of(int size) {
    int kernel = Math.max(3, size / SIZE_PER_KERNEL / 2 * 2 + 1);
    return new GaussianBlur(kernel, DEFAULT_MIN_SIGMA, DEFAULT_MAX_SIGMA, DEFAULT_PROBABILITY);
  }

  /** This blur for another share of the images. */
  public GaussianBlur withProbability(double share) {
    return new GaussianBlur(kernel, minSigma, maxSigma, share);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Require.that(kernel / 2 < images.size(), "kernel", "< twice the size " + images.size(), kernel);
    Ops tf = images.tf();
    Operand<TFloat32> sigma =
        Draws.range(tf, images.uniform(randomness, "sigma"), minSigma, maxSigma);
    return images.some(
        images.chance(randomness, probability),
        (planes, rows) ->
            blurred(tf, planes, tf.gather(sigma, rows, tf.constant(0)), images.size()));
  }

  private Operand<TFloat32> blurred(
      Ops tf, Operand<TFloat32> planes, Operand<TFloat32> sigma, int size) {
    // Like the crop's, this product stays float32 where a reduced precision rewrites MatMul.
    Operand<TFloat32> bands =
        tf.reshape(
            tf.train.batchMatMul(weights(tf, sigma), tf.constant(bands(size)), TFloat32.class),
            tf.array(-1, size, size));
    return Resampling.resize(tf, planes, size, bands, bands, size);
  }

  /** The weight at each distance from the middle, {@code [batch, kernel / 2 + 1]}. */
  private Operand<TFloat32> weights(Ops tf, Operand<TFloat32> sigma) {
    float[] exponents = new float[kernel / 2 + 1];
    float[] times = new float[exponents.length];
    for (int i = 0; i < exponents.length; i++) {
      exponents[i] = -0.5f * i * i;
      times[i] = i == 0 ? 1 : 2;
    }
    Operand<TFloat32> precision =
        tf.expandDims(tf.math.reciprocal(tf.math.square(sigma)), tf.constant(1));
    Operand<TFloat32> bell = tf.math.exp(tf.math.mul(precision, tf.constant(exponents)));
    Operand<TFloat32> sum =
        tf.expandDims(
            tf.reduceSum(tf.math.mul(bell, tf.constant(times)), tf.constant(1)), tf.constant(1));
    return tf.math.div(bell, sum);
  }

  /** For each distance, the matrix that adds up the pixels that far away, row by row. */
  private float[][] bands(int size) {
    float[][] bands = new float[kernel / 2 + 1][size * size];
    for (int offset = -(kernel / 2); offset <= kernel / 2; offset++) {
      for (int i = 0; i < size; i++) {
        bands[Math.abs(offset)][i * size + reflected(i + offset, size)]++;
      }
    }
    return bands;
  }

  /** The edge pixel itself is not repeated. */
  private static int reflected(int i, int size) {
    int positive = Math.abs(i);
    return positive < size ? positive : 2 * (size - 1) - positive;
  }
}
