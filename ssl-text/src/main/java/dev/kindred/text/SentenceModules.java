package dev.kindred.text;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that Python's sentence-transformers adds to a folder: which modules make a text's
 * vector, how long a text may be, and how it is pooled.
 *
 * @param transformer the folder of the network
 * @param pooling the folder that says how it is pooled, where there is one
 */
record SentenceModules(Path transformer, Optional<Path> pooling) {
  private static final String MODULES = "modules.json";
  private static final String LENGTH = "sentence_bert_config.json";
  private static final String POOLING = "1_Pooling";
  private static final String MODE = "pooling_mode";
  private static final Map<String, TokenPooling> POOLINGS =
      Map.of(
          "cls", TokenPooling.FIRST,
          "cls_token", TokenPooling.FIRST,
          "mean", TokenPooling.MEAN,
          "mean_tokens", TokenPooling.MEAN,
          "max", TokenPooling.MAX,
          "max_tokens", TokenPooling.MAX);

  /** A line of {@code modules.json}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Module(@Nullable String path, @Nullable String type) {
    String kind() {
      if (type == null) {
        return "module without a type";
      }
      return type.substring(type.lastIndexOf('.') + 1);
    }
  }

  static SentenceModules read(Path folder) {
    if (Files.isRegularFile(folder)) {
      throw new KindredException(
          folder + ": must be the folder of a BERT, is a file; give the folder that it is in");
    }
    Path file = folder.resolve(MODULES);
    Path pooling = folder.resolve(POOLING);
    SentenceModules modules =
        new SentenceModules(
            folder, Files.isDirectory(pooling) ? Optional.of(pooling) : Optional.empty());
    if (Files.exists(file)) {
      for (Module module : Json.read(file, Module[].class)) {
        modules = modules.with(folder, file, module);
      }
    }
    return modules;
  }

  /** How the vectors are pooled. */
  TokenPooling pooled() {
    return pooling.map(SentenceModules::pooling).orElse(TokenPooling.MEAN);
  }

  /** The most pieces of a text, of which the network takes {@code most}. */
  int length(int most) {
    Path file = transformer.resolve(LENGTH);
    if (!Files.exists(file)) {
      return most;
    }
    ConfigFile config = ConfigFile.read(file);
    config.require(
        "do_lower_case", false, "take the capitals away in the tokenizer, and say false here");
    return Math.min(most, config.whole("max_seq_length", most, TextPacker.SHORTEST));
  }

  /** Writes what makes a folder one of sentence-transformers. */
  static void write(Path folder, TokenPooling pooling, int dimension, int length) {
    Json.write(
        folder.resolve(MODULES),
        List.of(
            module(0, "", "sentence_transformers.models.Transformer"),
            module(1, POOLING, "sentence_transformers.models.Pooling")));
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("__version__", Map.of());
    about.put("prompts", Map.of());
    about.put("similarity_fn_name", "cosine");
    Json.write(folder.resolve("config_sentence_transformers.json"), about);
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("max_seq_length", length);
    text.put("do_lower_case", false);
    Json.write(folder.resolve(LENGTH), text);
    Json.write(folder.resolve(POOLING).resolve(BertConfig.FILE), pooling(pooling, dimension));
  }

  private SentenceModules with(Path folder, Path file, Module module) {
    Path own = folder.resolve(Objects.requireNonNullElse(module.path(), ""));
    return switch (module.kind()) {
      case "Transformer" -> new SentenceModules(own, pooling);
      case "Pooling" -> new SentenceModules(transformer, Optional.of(own));
      // Unit length changes no cosine.
      case "Normalize" -> this;
      default ->
          throw new KindredException(
              "%s: modules must be a Transformer, a Pooling and a Normalize, one is a %s; take a model without it"
                  .formatted(file, module.kind()));
    };
  }

  private static TokenPooling pooling(Path folder) {
    ConfigFile config = ConfigFile.read(folder.resolve(BertConfig.FILE));
    List<String> modes =
        config.values().get(MODE) instanceof String mode
            ? List.of(mode)
            : config.values().keySet().stream()
                .filter(name -> name.startsWith(MODE + "_") && config.isTrue(name))
                .map(name -> name.substring(MODE.length() + 1))
                .toList();
    TokenPooling pooling = modes.size() == 1 ? POOLINGS.get(modes.get(0)) : null;
    if (pooling == null) {
      throw new KindredException(
          "%s: %s must be one of cls_token, mean_tokens and max_tokens, was %s; say which pooling to use instead"
              .formatted(config.file(), MODE, modes));
    }
    return pooling;
  }

  private static Map<String, Object> module(int index, String path, String type) {
    Map<String, Object> module = new LinkedHashMap<>();
    module.put("idx", index);
    module.put("name", "" + index);
    module.put("path", path);
    module.put("type", type);
    return module;
  }

  private static Map<String, Object> pooling(TokenPooling pooling, int dimension) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("word_embedding_dimension", dimension);
    json.put("pooling_mode_cls_token", pooling == TokenPooling.FIRST);
    json.put("pooling_mode_mean_tokens", pooling == TokenPooling.MEAN);
    json.put("pooling_mode_max_tokens", pooling == TokenPooling.MAX);
    json.put("pooling_mode_mean_sqrt_len_tokens", false);
    json.put("pooling_mode_weightedmean_tokens", false);
    json.put("pooling_mode_lasttoken", false);
    json.put("include_prompt", true);
    return json;
  }
}
