package dev.kindred.cli;

import dev.kindred.embedding.WeightsSource;
import dev.kindred.nn.Encoder;
import dev.kindred.runtime.Require;
import dev.kindred.text.BertFolder;
import dev.kindred.text.EmbeddingNoise;
import dev.kindred.text.PieceWeights;
import dev.kindred.text.StaticEncoder;
import dev.kindred.text.TextTransformer;
import dev.kindred.text.TokenPooling;
import dev.kindred.text.Tokens;
import dev.kindred.text.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a training on texts trains.
 *
 * @param start the weights that the network comes with
 */
record TextNetwork(Tokenizer tokenizer, Encoder<Tokens> encoder, Optional<WeightsSource> start) {
  /**
   * The network that settled options describe; {@code length} is settled here.
   *
   * @param texts those of the corpus, for what is made of them
   */
  static TextNetwork of(TextTrainingOptions options, Supplier<Stream<String>> texts) {
    return options.init == null ? own(options, texts) : bert(options, Path.of(options.init));
  }

  private static TextNetwork own(TextTrainingOptions options, Supplier<Stream<String>> texts) {
    Tokenizer tokenizer =
        TokenizerChoice.open(Objects.requireNonNull(options.tokenizer), options.vocabulary, texts);
    PieceWeights weights =
        isWeighted(options)
            ? PieceWeights.inverseDocumentFrequency(tokenizer, texts.get().iterator(), 1)
            : PieceWeights.equal(tokenizer);
    Encoder<Tokens> encoder =
        options.encoder.equals(TextDefaults.STATIC)
            ? bag(options, weights)
            : transformer(options, weights);
    return new TextNetwork(tokenizer, encoder, Optional.empty());
  }

  /** Whether the network looks at how rare a piece is, which takes reading the whole corpus. */
  private static boolean isWeighted(TextTrainingOptions options) {
    return options.encoder.equals(TextDefaults.STATIC)
        || options.pooling == TokenPooling.WEIGHTED_MEAN;
  }

  private static TextNetwork bert(TextTrainingOptions options, Path folder) {
    BertFolder bert = BertFolder.open(folder);
    int length = options.length == null ? Math.min(64, bert.length()) : options.length;
    Require.that(
        length <= bert.length(),
        "--length",
        "at most %d, as --init says".formatted(bert.length()),
        length);
    options.length = length;
    return new TextNetwork(bert.tokenizer(), bert.encoder(), Optional.of(bert.weights()));
  }

  private static StaticEncoder bag(TextTrainingOptions options, PieceWeights weights) {
    return new StaticEncoder(
        weights,
        Objects.requireNonNull(options.dimension),
        Objects.requireNonNull(options.fixed),
        Objects.requireNonNull(options.share),
        Objects.requireNonNull(options.repeats),
        new EmbeddingNoise(
            Objects.requireNonNull(options.dropout), options.tokenCutoff, options.featureCutoff));
  }

  private static TextTransformer transformer(TextTrainingOptions options, PieceWeights weights) {
    int dimension = Objects.requireNonNull(options.dimension);
    return new TextTransformer(
        weights,
        Objects.requireNonNull(options.length),
        dimension,
        Objects.requireNonNull(options.depth),
        Objects.requireNonNull(options.heads),
        TextTransformer.MLP_RATIO * dimension,
        Objects.requireNonNull(options.norm),
        Objects.requireNonNull(options.positions),
        TextTransformer.DEFAULT_EPSILON,
        Objects.requireNonNull(options.dropout),
        new EmbeddingNoise(0, options.tokenCutoff, options.featureCutoff),
        Objects.requireNonNull(options.pooling));
  }
}
