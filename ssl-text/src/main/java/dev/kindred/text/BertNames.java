package dev.kindred.text;

import dev.kindred.embedding.TorchWeights;
import dev.kindred.weights.TorchLayout;
import dev.kindred.weights.TorchParameter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that Hugging Face's BERT has for parameters, without the model's own before them. */
final class BertNames implements TorchWeights.Names {
  static final String POSITIONS = "embeddings.position_embeddings.weight";
  static final String SEGMENTS = "embeddings.token_type_embeddings.weight";

  /** What the training of a BERT needs beside its encoder. */
  private static final Pattern NOT_OF_AN_ENCODER =
      Pattern.compile("(cls|pooler|lm_head)\\..*|embeddings\\.position_ids");

  private static final Map<String, String> TABLES =
      Map.of(
          "embeddings/word", "embeddings.word_embeddings.weight",
          "embeddings/position", POSITIONS,
          "embeddings/segment", SEGMENTS);

  private static final Pattern BLOCK = Pattern.compile("blocks/(\\d+)/(.+)");

  private static final Map<String, List<String>> PARTS =
      Map.of(
          "attn/qkv", List.of("attention.self.query", "attention.self.key", "attention.self.value"),
          "attn/proj", List.of("attention.output.dense"),
          "norm1", List.of("attention.output.LayerNorm"),
          "mlp/fc1", List.of("intermediate.dense"),
          "mlp/fc2", List.of("output.dense"),
          "norm2", List.of("output.LayerNorm"));

  /** A tensor's name without the model's, and as it has been since 2019. */
  static String canonical(String name) {
    return name.replaceFirst("^(bert|roberta)\\.", "")
        .replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
        .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias");
  }

  @Override
  public TorchParameter of(String path, int dimensions) {
    String table = TABLES.get(path);
    int slash = path.lastIndexOf('/');
    if (table != null || slash < 0) {
      return TorchParameter.of(table == null ? path : table, TorchLayout.SAME);
    }
    String last = path.substring(slash + 1);
    String kind = last.equals("kernel") || last.equals("gamma") ? ".weight" : ".bias";
    return new TorchParameter(
        layers(path.substring(0, slash)).stream().map(layer -> layer + kind).toList(),
        last.equals("kernel") ? TorchLayout.MATRIX : TorchLayout.SAME);
  }

  @Override
  public boolean beyondEncoder(String name) {
    return NOT_OF_AN_ENCODER.matcher(name).matches();
  }

  private static List<String> layers(String place) {
    Matcher block = BLOCK.matcher(place);
    if (!block.matches()) {
      return List.of(place.replace('/', '.').replace("norm", "LayerNorm"));
    }
    return PARTS.getOrDefault(block.group(2), List.of(block.group(2))).stream()
        .map(part -> "encoder.layer.%s.%s".formatted(block.group(1), part))
        .toList();
  }
}
