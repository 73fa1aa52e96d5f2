package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The largest square in the middle of each image, resized: what evaluation and embedding see. For a
 * square image that has the size already it changes nothing.
 *
 * @param size the side of the result, in pixels
 */
public record CenterCrop(int size) implements Crop {
  /** Checks the setting. */
  public CenterCrop {
    Require.atLeastOne("size", size);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    Operand<TFloat32> side = tf.math.minimum(images.heights(), images.widths());
    Operand<TFloat32> half = tf.constant(0.5f);
    return images.crop(
        size,
        tf.math.floor(tf.math.mul(tf.math.sub(images.heights(), side), half)),
        tf.math.floor(tf.math.mul(tf.math.sub(images.widths(), side), half)),
        side,
        side);
  }
}
