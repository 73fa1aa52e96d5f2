package dev.kindred.text;

import dev.kindred.nn.Encoder;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** A network for texts. */
interface TextEncoder extends Encoder<Tokens> {
  @Override
  default Tokens concat(Ops tf, List<Tokens> views) {
    return Tokens.concat(tf, views);
  }

  @Override
  default Operand<TInt32> count(Ops tf, Tokens view) {
    return view.count(tf);
  }

  @Override
  default Tokens take(Ops tf, Tokens view, Operand<TInt32> rows) {
    return view.take(tf, rows);
  }
}
