package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.nn.TransformerBlock.Order;
import dev.kindred.text.TextTransformer.Positions;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.WordPiece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;

class TextTransformerTest {
  private static final Tokenizer TOKENIZER =
      WordPiece.of(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c", "d", "e", "f"), true);

  /** Large enough that attention looks at some pieces more than at others. */
  private static final float LARGER = 20;

  @ParameterizedTest
  @MethodSource("variants")
  void paddingChangesNothing(Order order, Positions positions, TokenPooling pooling) {
    try (InferenceModel<TextExample> model = model(order, positions, pooling);
        Embedder<TextExample> embedder = model.embedder()) {
      float[] alone = embedder.embed(texts("a b"))[0];
      float[] padded = embedder.embed(texts("a b", "a b c d e f a b c"))[0];
      assertThat(padded).containsExactly(alone, within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void orderMatters(Order order, Positions positions, TokenPooling pooling) {
    try (InferenceModel<TextExample> model = model(order, positions, pooling);
        Embedder<TextExample> embedder = model.embedder()) {
      float[][] vectors = embedder.embed(texts("a b c d", "d b c a"));
      assertThat(distance(vectors[0], vectors[1])).isGreaterThan(1e-2);
    }
  }

  static Stream<Arguments> variants() {
    return Stream.of(Order.values())
        .flatMap(
            order ->
                Stream.of(
                    Arguments.of(order, Positions.LEARNED, TokenPooling.MEAN),
                    Arguments.of(order, Positions.ROTARY, TokenPooling.MAX),
                    Arguments.of(order, Positions.ROTARY, TokenPooling.WEIGHTED_MEAN)));
  }

  private static InferenceModel<TextExample> model(
      Order order, Positions positions, TokenPooling pooling) {
    TextTransformer encoder =
        new TextTransformer(
            PieceWeights.equal(TOKENIZER),
            16,
            8,
            2,
            2,
            12,
            order,
            positions,
            1e-6f,
            0.1,
            EmbeddingNoise.NONE,
            pooling);
    InferenceModel<TextExample> model =
        InferenceModel.untrained(TextViews.plain(TOKENIZER, 16), encoder, 7);
    try (Weights weights = model.weights();
        Weights larger = larger(weights)) {
      model.assign(larger);
    }
    return model;
  }

  private static Weights larger(Weights weights) {
    Map<String, TFloat32> values = new LinkedHashMap<>();
    weights
        .byPath()
        .forEach(
            (path, value) -> {
              float factor = value.shape().numDimensions() == 2 ? LARGER : 1;
              TFloat32 copy = TFloat32.tensorOf(value.shape());
              value.scalars().forEachIndexed((at, x) -> copy.setFloat(factor * x.getFloat(), at));
              values.put(path, copy);
            });
    return new Weights(values);
  }

  private static List<TextExample> texts(String... texts) {
    return Stream.of(texts).map(TextExample::of).toList();
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow(a[i] - b[i], 2);
    }
    return Math.sqrt(sum);
  }
}
