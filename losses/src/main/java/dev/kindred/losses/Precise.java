package dev.kindred.losses;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Half precision at the door of a loss: computed in float32 inside, and handed back as it came. */
final class Precise {
  private Precise() {}

  /** What {@code loss} makes of {@code inputs}, in float32 at least. */
  static <T extends TFloating> Operand<T> of(
      Ops tf, List<Operand<T>> inputs, Function<List<Operand<T>>, Operand<T>> loss) {
    Class<T> type = inputs.get(0).type();
    if (type != TBfloat16.class && type != TFloat16.class) {
      return loss.apply(inputs);
    }
    List<Operand<T>> wide = new ArrayList<>();
    inputs.forEach(input -> wide.add(asIf(tf.dtypes.cast(input, TFloat32.class))));
    return tf.dtypes.cast(loss.apply(wide), type);
  }

  /** The operand under another static type: operations ask the operand itself what it is. */
  @SuppressWarnings("unchecked")
  private static <T extends TFloating> Operand<T> asIf(Operand<TFloat32> operand) {
    return (Operand<T>) (Operand<?>) operand;
  }
}
