package dev.kindred.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a {@link TransformerBlock} knows of its tokens beside their values.
 *
 * @param mask {@code [batch, tokens]}: 1 where there is a token, 0 where there is padding
 * @param rotary whether positions enter by turning queries and keys (rotary embedding), else the
 *     tokens hold them already
 * @param causal whether a token looks only at itself and those before it, else at all
 */
public record TokenContext(Operand<TFloat32> mask, boolean rotary, boolean causal) {
  /** Every token looks at all. */
  public TokenContext(Operand<TFloat32> mask, boolean rotary) {
    this(mask, rotary, false);
  }
}
