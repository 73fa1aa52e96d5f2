package dev.kindred.nn;

import dev.kindred.runtime.Rows;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A network for views that are one tensor, example after example: images, points. */
public interface TensorEncoder extends Encoder<Operand<TFloat32>> {
  /** Whether the examples of both have one shape. */
  @Override
  default boolean alike(Operand<TFloat32> a, Operand<TFloat32> b) {
    return a.shape().tail().equals(b.shape().tail());
  }

  @Override
  default Operand<TFloat32> concat(Ops tf, List<Operand<TFloat32>> views) {
    return tf.concat(views, tf.constant(0));
  }

  @Override
  default Operand<TInt32> count(Ops tf, Operand<TFloat32> view) {
    return Rows.count(tf, view);
  }

  @Override
  default Operand<TFloat32> take(Ops tf, Operand<TFloat32> view, Operand<TInt32> rows) {
    return tf.gather(view, rows, tf.constant(0));
  }
}
