package dev.kindred.text;

import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.nn.Encoder;
import dev.kindred.nn.Scope;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a method needs that works on a text's pieces rather than on its representation: the network
 * itself, where its parameters are, and its views.
 */
record PieceLevel(TextTransformer encoder, Scope scope, List<Tokens> views) {
  /**
   * That of the online branch.
   *
   * @param method what asks, for the message
   * @throws IllegalArgumentException if the encoder is another network
   */
  static <V> PieceLevel of(String method, MethodScope<V> scope, List<V> views) {
    Encoder<V> encoder = scope.encoder();
    if (!(encoder instanceof TextTransformer transformer)) {
      throw new IllegalArgumentException(
          "method %s needs the vectors of a text's pieces, which encoder %s does not make; use a %s"
              .formatted(
                  method, encoder.settings().get("name"), TextTransformer.class.getSimpleName()));
    }
    return new PieceLevel(
        transformer,
        scope.encoderScope(Method.ONLINE),
        views.stream().map(Tokens.class::cast).toList());
  }

  /** The vectors of the pieces of {@code view}, {@code [batch, width, dimension]}. */
  Operand<TFloat32> vectors(Tokens view) {
    return encoder.vectors(scope, view);
  }

  /** The vectors of the vocabulary, {@code [pieces, dimension]}. */
  Operand<TFloat32> vocabulary() {
    return encoder.pieces(scope);
  }
}
