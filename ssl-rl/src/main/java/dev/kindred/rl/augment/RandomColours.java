package dev.kindred.rl.augment;

import dev.kindred.data.Randomness;
import dev.kindred.vision.augment.Augmentation;
import dev.kindred.vision.augment.ColorJitter;
import dev.kindred.vision.augment.Grayscale;
import dev.kindred.vision.augment.ImageBatch;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A change of colours as photographs have them, {@link ColorJitter} or {@link Grayscale}, the same
 * for all pictures of a stack. Needs pictures of red, green and blue.
 *
 * @param change what is done; one that moves no pixels
 */
public record RandomColours(Augmentation change) implements ObservationAugmentation {
  /** RAD's colour jitter. */
  public static RandomColours jitter() {
    return new RandomColours(new ColorJitter(0.4, 0.4, 0.4, 0.2, 1));
  }

  /**
   * Grey for a share of the observations, as RAD has it for 3 in 10.
   *
   * @param probability in {@code [0, 1]}
   * @see <a href="https://arxiv.org/abs/2004.14990">Laskin et al. 2020, RAD</a>
   */
  public static RandomColours grey(double probability) {
    return new RandomColours(new Grayscale(probability));
  }

  /** The pictures of a stack are one large picture, so that one draw is for all. */
  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> input, Randomness randomness) {
    Frames frames = Frames.of(tf, input).requireColours("a change of colours");
    int pixels = frames.stack() * frames.height() * frames.width();
    Operand<TFloat32> planes =
        tf.reshape(tf.linalg.transpose(input, tf.array(0, 2, 1, 3, 4)), tf.array(-1, 3, pixels));
    Operand<TFloat32> changed = change.apply(ImageBatch.ofColours(tf, planes), randomness).planes();
    return tf.linalg.transpose(
        tf.reshape(changed, tf.array(-1, 3, frames.stack(), frames.height(), frames.width())),
        tf.array(0, 2, 1, 3, 4));
  }

  @Override
  public Map<String, Object> settings() {
    return change.settings();
  }
}
