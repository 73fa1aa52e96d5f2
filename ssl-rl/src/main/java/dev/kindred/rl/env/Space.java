package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A set of observations or actions.
 *
 * @param <T> an element
 */
public sealed interface Space<T> permits Space.Discrete, Space.Box, Space.Pixels {
  /** Whether {@code element} is in this space; NaN is in none. */
  boolean contains(T element);

  /** An element drawn uniformly, as far as the space is bounded. */
  T sample(RandomGenerator random);

  /** An element as a message shows it. */
  String show(T element);

  /**
   * The choices {@code 0} to {@code n - 1}.
   *
   * @param n how many there are, {@code >= 1}
   */
  record Discrete(int n) implements Space<Integer> {
    /** Checks the number. */
    public Discrete {
      Require.atLeastOne("choices", n);
    }

    @Override
    public boolean contains(Integer element) {
      return element >= 0 && element < n;
    }

    @Override
    public Integer sample(RandomGenerator random) {
      return random.nextInt(n);
    }

    @Override
    public String show(Integer element) {
      return element.toString();
    }

    @Override
    public String toString() {
      return "0 to " + (n - 1);
    }
  }

  /**
   * Vectors between bounds, both inclusive; a bound may be infinite. Equal by value.
   *
   * @param low the least value of each number
   * @param high the greatest, not below
   */
  record Box(float[] low, float[] high) implements Space<float[]> {
    /** Copies and checks the bounds. */
    public Box {
      low = low.clone();
      high = high.clone();
      if (low.length != high.length || low.length == 0) {
        throw new IllegalArgumentException(
            "bounds must be of one length >= 1, were %d and %d".formatted(low.length, high.length));
      }
      for (int i = 0; i < low.length; i++) {
        if (!(low[i] <= high[i])) {
          throw new IllegalArgumentException(
              "bounds must be low <= high, were %s and %s at %d".formatted(low[i], high[i], i));
        }
      }
    }

    /** The box of {@code size} numbers from {@code low} to {@code high}. */
    public static Box of(int size, float low, float high) {
      float[] least = new float[size];
      float[] greatest = new float[size];
      Arrays.fill(least, low);
      Arrays.fill(greatest, high);
      return new Box(least, greatest);
    }

    /** Vectors of {@code size} numbers without bounds. */
    public static Box unbounded(int size) {
      return of(size, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    @Override
    public float[] low() {
      return low.clone();
    }

    @Override
    public float[] high() {
      return high.clone();
    }

    /** The length of a vector. */
    public int size() {
      return low.length;
    }

    @Override
    public boolean contains(float[] element) {
      if (element.length != low.length) {
        return false;
      }
      for (int i = 0; i < low.length; i++) {
        if (!(element[i] >= low[i] && element[i] <= high[i])) {
          return false;
        }
      }
      return true;
    }

    /** Uniform where both bounds are finite, standard normal from the finite one else. */
    @Override
    public float[] sample(RandomGenerator random) {
      float[] drawn = new float[low.length];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = sample(random, low[i], high[i]);
      }
      return drawn;
    }

    private static float sample(RandomGenerator random, float low, float high) {
      boolean below = Float.isFinite(low);
      boolean above = Float.isFinite(high);
      if (below && above) {
        return (float) (low + random.nextDouble() * ((double) high - low));
      }
      float normal = (float) random.nextGaussian();
      if (below) {
        return low + Math.abs(normal);
      }
      return above ? high - Math.abs(normal) : normal;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Box box
          && Arrays.equals(low, box.low)
          && Arrays.equals(high, box.high);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
    }

    @Override
    public String show(float[] element) {
      return Arrays.toString(element);
    }

    @Override
    public String toString() {
      return "%d numbers from %s to %s"
          .formatted(low.length, Arrays.toString(low), Arrays.toString(high));
    }
  }

  /**
   * Pictures of one shape.
   *
   * @param channels the planes, {@code >= 1}
   * @param height pixels, {@code >= 1}
   * @param width pixels, {@code >= 1}
   */
  record Pixels(int channels, int height, int width) implements Space<Frame> {
    /** Checks the shape. */
    public Pixels {
      Require.atLeastOne("channels", channels);
      Require.atLeastOne("height", height);
      Require.atLeastOne("width", width);
    }

    /** What the pictures of an environment are. */
    public static Pixels of(Environment<Frame, ?> environment) {
      // No other space is one of frames.
      return (Pixels) environment.observationSpace();
    }

    /** The bytes of a picture. */
    public int size() {
      return channels * height * width;
    }

    @Override
    public boolean contains(Frame element) {
      return element.channels() == channels
          && element.height() == height
          && element.width() == width;
    }

    @Override
    public Frame sample(RandomGenerator random) {
      byte[] samples = new byte[size()];
      random.nextBytes(samples);
      return new Frame(channels, height, width, samples);
    }

    @Override
    public String show(Frame element) {
      return element.toString();
    }

    @Override
    public String toString() {
      return "pictures of [%d, %d, %d]".formatted(channels, height, width);
    }
  }
}
