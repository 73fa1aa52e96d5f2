package dev.kindred.text;

import dev.kindred.nn.TransformerBlock;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code config.json} says of a BERT, or of a RoBERTa, which is one with places that no text
 * uses before the first.
 *
 * @param vocabulary the number of pieces that there are vectors for
 * @param positions the number of places that there are vectors for
 * @param unused how many of them come before the first that a text uses
 * @param segments the number of segments that there are vectors for, 1 or 2
 */
record BertConfig(
    int vocabulary,
    int dimension,
    int depth,
    int heads,
    int mlpWidth,
    int positions,
    int unused,
    int segments,
    float epsilon,
    double dropout) {
  /** Its name in a folder. */
  static final String FILE = "config.json";

  private static final String TYPE = "model_type";
  private static final String ELSE = "take a model of BERT's or RoBERTa's kind";
  private static final List<String> ROBERTAS = List.of("roberta", "xlm-roberta");

  /** Of a folder of Hugging Face's. */
  static BertConfig of(ConfigFile file) {
    requireKnown(file);
    BertConfig config =
        new BertConfig(
            file.size("vocab_size"),
            file.size("hidden_size"),
            file.size("num_hidden_layers"),
            file.size("num_attention_heads"),
            file.size("intermediate_size"),
            file.size("max_position_embeddings"),
            isRoberta(file) ? 1 + file.whole("pad_token_id", 1, 0) : 0,
            file.whole("type_vocab_size", TextTransformer.SEGMENTS, 1),
            (float) file.number("layer_norm_eps", TextTransformer.DEFAULT_EPSILON),
            file.number("hidden_dropout_prob", TextTransformer.DEFAULT_DROPOUT));
    if (config.segments > TextTransformer.SEGMENTS) {
      throw file.wrong("type_vocab_size", "1 or 2", ELSE);
    }
    return config.checked(file);
  }

  /**
   * Of {@link TextTransformer#settings}.
   *
   * @throws IllegalArgumentException if it is no BERT
   */
  static BertConfig of(Map<String, Object> settings) {
    require(settings, "name", "transformer");
    require(settings, "order", TransformerBlock.Order.POST_NORM.name().toLowerCase(Locale.ROOT));
    require(
        settings, "positions", TextTransformer.Positions.LEARNED.name().toLowerCase(Locale.ROOT));
    return new BertConfig(
        number(settings, "vocabulary").intValue(),
        number(settings, "dimension").intValue(),
        number(settings, "depth").intValue(),
        number(settings, "heads").intValue(),
        number(settings, "mlpWidth").intValue(),
        number(settings, "length").intValue(),
        0,
        TextTransformer.SEGMENTS,
        number(settings, "epsilon").floatValue(),
        number(settings, "dropout").doubleValue());
  }

  /** The most pieces of a text. */
  int length() {
    return positions - unused;
  }

  /** The encoder that this describes. */
  TextTransformer encoder(TokenPooling pooling) {
    return new TextTransformer(
        PieceWeights.equal(vocabulary),
        length(),
        dimension,
        depth,
        heads,
        mlpWidth,
        TransformerBlock.Order.POST_NORM,
        TextTransformer.Positions.LEARNED,
        epsilon,
        dropout,
        EmbeddingNoise.NONE,
        pooling);
  }

  /** As Hugging Face's libraries read it, of a BERT. */
  Map<String, Object> json(int padding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architectures", List.of("BertModel"));
    json.put(TYPE, "bert");
    json.put("vocab_size", vocabulary);
    json.put("hidden_size", dimension);
    json.put("num_hidden_layers", depth);
    json.put("num_attention_heads", heads);
    json.put("intermediate_size", mlpWidth);
    json.put("max_position_embeddings", positions);
    json.put("type_vocab_size", segments);
    json.put("layer_norm_eps", epsilon);
    json.put("hidden_act", "gelu");
    json.put("hidden_dropout_prob", dropout);
    json.put("attention_probs_dropout_prob", dropout);
    json.put("position_embedding_type", "absolute");
    json.put("initializer_range", 0.02);
    json.put("pad_token_id", padding);
    json.put("torch_dtype", "float32");
    return json;
  }

  private BertConfig checked(ConfigFile file) {
    try {
      encoder(TokenPooling.MEAN);
      return this;
    } catch (IllegalArgumentException e) {
      throw file.contradicting(e);
    }
  }

  private static void requireKnown(ConfigFile file) {
    if (!isRoberta(file) && !"bert".equals(file.values().get(TYPE))) {
      throw file.wrong(TYPE, "bert, roberta or xlm-roberta", ELSE);
    }
    file.require("hidden_act", "gelu", ELSE + " with exact gelu");
    file.require("position_embedding_type", "absolute", ELSE + " with absolute positions");
    file.require("is_decoder", false, "take an encoder");
  }

  private static boolean isRoberta(ConfigFile file) {
    return ROBERTAS.contains(String.valueOf(file.values().get(TYPE)));
  }

  private static void require(Map<String, Object> settings, String name, String value) {
    Object found = settings.get(name);
    Require.that(value.equals(found), "the encoder's " + name, value + " to be a BERT", "" + found);
  }

  private static Number number(Map<String, Object> settings, String name) {
    if (settings.get(name) instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException(
        "the encoder's %s must be a number, was %s".formatted(name, settings.get(name)));
  }
}
