package dev.kindred.nn;

import org.tensorflow.framework.initializers.Initializer;
import org.tensorflow.types.TFloat32;

/**
 * Initial values of kernels. Not tensorflow-framework's: its fans of a convolution count the input
 * channels twice (1.0.0), which makes the kernels too small by the root of the channels, and its
 * uniform numbers are all positive.
 */
public final class Initial {
  private Initial() {}

  /**
   * Normal with variance {@code 2 / fanOut}: what torchvision's ResNets start their convolutions
   * from, which keeps the gradient's size through ReLUs (He et al. 2015, <a
   * href="https://arxiv.org/abs/1502.01852">Delving Deep into Rectifiers</a>).
   *
   * @param fanOut the number of outputs that one input goes into: kernel area times filters
   */
  static Initializer<TFloat32> he(long fanOut, long seed) {
    float deviation = (float) Math.sqrt(2.0 / fanOut);
    return (tf, shape, type) ->
        tf.math.mul(
            tf.random.statelessRandomNormal(
                shape, tf.constant(new long[] {seed, 0}), TFloat32.class),
            tf.constant(deviation));
  }

  /**
   * Uniform in {@code [-1/sqrt(fanIn), 1/sqrt(fanIn)]}: PyTorch's default for dense layers.
   *
   * @param fanIn the number of inputs to one output
   */
  static Initializer<TFloat32> uniform(long fanIn, long seed) {
    float bound = (float) (1 / Math.sqrt(fanIn));
    return (tf, shape, type) ->
        tf.math.mul(
            tf.math.sub(
                tf.random.statelessRandomUniform(
                    shape, tf.constant(new long[] {seed, 0}), TFloat32.class),
                tf.constant(0.5f)),
            tf.constant(2 * bound));
  }

  /** Normal with deviation 0.02, cut at two deviations: what vision transformers start from. */
  public static Initializer<TFloat32> token(long seed) {
    return (tf, shape, type) ->
        tf.math.mul(
            tf.random.statelessTruncatedNormal(
                shape, tf.constant(new long[] {seed, 0}), TFloat32.class),
            tf.constant(0.02f));
  }

  /** Normal with this deviation. */
  public static Initializer<TFloat32> normal(double deviation, long seed) {
    return (tf, shape, type) ->
        tf.math.mul(
            tf.random.statelessRandomNormal(
                shape, tf.constant(new long[] {seed, 0}), TFloat32.class),
            tf.constant((float) deviation));
  }

  /** These values, in the order of rows. */
  public static Initializer<TFloat32> values(float[] values) {
    return (tf, shape, type) -> tf.reshape(tf.constant(values), shape);
  }
}
