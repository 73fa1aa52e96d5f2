package dev.kindred.vision;

import dev.kindred.nn.Encoder;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A network for views {@code [batch, height, width, 3]}. */
interface ImageEncoder extends Encoder<Operand<TFloat32>> {
  /** Whether two batches of views have one height and width. */
  @Override
  default boolean alike(Operand<TFloat32> a, Operand<TFloat32> b) {
    return a.shape().tail().equals(b.shape().tail());
  }

  @Override
  default Operand<TFloat32> concat(Ops tf, List<Operand<TFloat32>> views) {
    return tf.concat(views, tf.constant(0));
  }
}
