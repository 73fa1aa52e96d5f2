package dev.kindred.text;

import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.WholeFile;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.weights.SafeTensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An encoder on its way into a folder of sentence-transformers.
 *
 * @param length the most pieces of a text
 */
record BertExport(BertConfig config, TokenPooling pooling, Tokenizer tokenizer, int length) {
  private static final List<TokenPooling> POOLINGS =
      List.of(TokenPooling.MEAN, TokenPooling.FIRST, TokenPooling.MAX);

  BertExport {
    Require.that(
        POOLINGS.contains(pooling), "pooling", "one that sentence-transformers has", pooling);
    Require.that(
        tokenizer.size() <= config.vocabulary(),
        "the tokenizer's size",
        "at most the encoder's of " + config.vocabulary(),
        tokenizer.size());
    Require.that(
        length >= TextPacker.SHORTEST && length <= config.length(),
        "length",
        "in [%d, %d]".formatted(TextPacker.SHORTEST, config.length()),
        length);
  }

  /** Of {@link TextTransformer#settings}. */
  static BertExport of(Map<String, Object> settings, Tokenizer tokenizer, int length) {
    String label = String.valueOf(settings.get("pooling"));
    TokenPooling pooling = TokenPooling.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    return new BertExport(BertConfig.of(settings), pooling, tokenizer, length);
  }

  void write(Path folder, Weights weights) {
    requireWeights(weights);
    WholeFile.folder(
        folder,
        temporary -> {
          writeTokenizer(folder, temporary);
          Json.write(temporary.resolve(BertConfig.FILE), config.json(tokenizer.padding()));
          SentenceModules.write(temporary, pooling, config.dimension(), length);
          SafeTensors.write(
              temporary.resolve(BertWeights.FILE),
              BertWeights.FORMAT.tensors(weights),
              Map.of("format", "pt"));
        });
  }

  private void requireWeights(Weights weights) {
    long[] words =
        weights.value(InferenceModel.ENCODER_PATH + "/embeddings/word").shape().asArray();
    Require.that(
        Arrays.equals(words, new long[] {config.vocabulary(), config.dimension()}),
        "weights",
        "of %d pieces and width %d".formatted(config.vocabulary(), config.dimension()),
        Arrays.toString(words));
  }

  private void writeTokenizer(Path folder, Path temporary) {
    Path file = temporary.resolve(Tokenizer.FILE);
    tokenizer.write(file);
    if (!(Json.read(file).get("model") instanceof Map<?, ?> model)) {
      throw new KindredException(
          "%s: Hugging Face's libraries know no tokenizer of this kind; train with WordPiece or BytePairs"
              .formatted(folder.resolve(Tokenizer.FILE)));
    }
    Map<String, Object> specials = specials(model);
    Json.write(temporary.resolve("special_tokens_map.json"), specials);
    Map<String, Object> config = new LinkedHashMap<>();
    // Takes the file at its word, where BertTokenizerFast would mend what it says of capitals.
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    config.put("model_max_length", length);
    config.put("clean_up_tokenization_spaces", true);
    config.putAll(specials);
    Json.write(temporary.resolve(BertFolder.TOKENIZER_CONFIG), config);
  }

  private Map<String, Object> specials(Map<?, ?> model) {
    Map<String, Object> specials = new LinkedHashMap<>();
    specials.put("pad_token", tokenizer.piece(tokenizer.padding()));
    int[] frame = tokenizer.encode("").ids();
    if (frame.length > 1) {
      specials.put("cls_token", tokenizer.piece(frame[0]));
      specials.put("sep_token", tokenizer.piece(frame[frame.length - 1]));
    }
    if (model.get("unk_token") instanceof String unknown) {
      specials.put("unk_token", unknown);
    }
    tokenizer.mask().ifPresent(mask -> specials.put("mask_token", tokenizer.piece(mask)));
    return specials;
  }
}
