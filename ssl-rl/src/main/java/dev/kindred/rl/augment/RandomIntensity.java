package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Multiplies all colours by {@code 1 + scale * z}, z standard normal, cut to {@code [-2, 2]}.
 *
 * @param scale {@code >= 0}
 * @see <a href="https://arxiv.org/abs/2004.13649">Kostrikov et al. 2020 (DrQ)</a>, which takes 0.05
 *     for Atari
 */
public record RandomIntensity(double scale) implements ObservationAugmentation {
  private static final float FARTHEST = 2;

  /** Checks the scale. */
  public RandomIntensity {
    Require.atLeastZero("scale", scale);
  }

  /** DrQ's. */
  public static RandomIntensity standard() {
    return new RandomIntensity(0.05);
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input, Randomness randomness) {
    Frames frames = Frames.of(tf, input);
    Operand<TFloat32> drawn =
        tf.clipByValue(
            frames.normal(randomness, "intensity"), tf.constant(-FARTHEST), tf.constant(FARTHEST));
    Operand<TFloat32> factor =
        tf.math.add(tf.math.mul(drawn, tf.constant((float) scale)), tf.constant(1f));
    return tf.math.mul(input, frames.perObservation(factor));
  }
}
