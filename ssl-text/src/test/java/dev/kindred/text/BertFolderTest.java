package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.embedding.WeightsReport;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TransformerBlock;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.tokenizer.LetterGrams;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.WordPiece;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Folders as Hugging Face's libraries save them, from a writer that knows nothing of this library,
 * give what a plain BERT makes of them.
 */
class BertFolderTest {
  private static final int WIDTH = 12;
  private static final int DEPTH = 2;
  private static final int HEADS = 3;
  private static final int HIDDEN = 20;
  private static final int LENGTH = 8;
  private static final double EPSILON = 1e-5;
  private static final List<String> PIECES =
      Stream.concat(
              Stream.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
              "a b c d e f g h i j k l".chars().filter(c -> c != ' ').mapToObj(Character::toString))
          .toList();
  private static final Tokenizer TOKENIZER = WordPiece.of(PIECES, true);
  private static final List<String> TEXTS = List.of("a b c d", "e", "A b d f g", "a b c d e f g h");
  private static final String CONFIG =
      """
      {"model_type": "bert", "vocab_size": 17, "hidden_size": 12, "num_hidden_layers": 2,
       "num_attention_heads": 3, "intermediate_size": 20, "max_position_embeddings": 8,
       "type_vocab_size": 2, "layer_norm_eps": 1e-05, "hidden_act": "gelu", "is_decoder": false,
       "hidden_dropout_prob": 0.1, "position_embedding_type": "absolute", "pad_token_id": 0}
      """;

  private final BertTensors tensors = bert(LENGTH, 2);

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void save() throws IOException {
    folder = Files.createDirectory(temporary.resolve("bert"));
    write("config.json", CONFIG);
    TOKENIZER.write(folder.resolve("tokenizer.json"));
    tensors.write(folder.resolve("model.safetensors"), UnaryOperator.identity());
  }

  @Test
  void theVectorOfEachPieceIsThePlainOne() throws IOException {
    assertPlain(new PlainBert(tensors, DEPTH, HEADS, EPSILON, 0));
  }

  @Test
  void theModelsNameAndTheOldNamesOfNormalisationsAreUnderstood() throws IOException {
    tensors
        .add("pooler.dense.weight", WIDTH, WIDTH)
        .write(
            folder.resolve("model.safetensors"),
            name ->
                "bert."
                    + name.replace("LayerNorm.weight", "LayerNorm.gamma")
                        .replace("LayerNorm.bias", "LayerNorm.beta"));
    assertPlain(new PlainBert(tensors, DEPTH, HEADS, EPSILON, 0));
    WeightsReport report = load(BertFolder.open(folder));
    assertThat(report.matched())
        .hasSize(5 + 16 * DEPTH)
        .contains("bert.embeddings.LayerNorm.gamma [12]");
    assertThat(report.missing()).isEmpty();
    assertThat(report.left()).containsExactly("pooler.dense.weight");
  }

  @Test
  void aRobertaIsABertWhosePlacesBeginLater() throws IOException {
    BertTensors roberta = bert(LENGTH + 2, 1).add("lm_head.bias", 17);
    roberta.write(folder.resolve("model.safetensors"), name -> "roberta." + name);
    write(
        "config.json",
        CONFIG
            .replace("\"bert\"", "\"roberta\"")
            .replace("\"max_position_embeddings\": 8", "\"max_position_embeddings\": 10")
            .replace("\"type_vocab_size\": 2", "\"type_vocab_size\": 1")
            .replace("\"pad_token_id\": 0", "\"pad_token_id\": 1"));
    assertThat(BertFolder.open(folder).length()).isEqualTo(LENGTH);
    assertPlain(new PlainBert(roberta, DEPTH, HEADS, EPSILON, 2));
  }

  @Test
  void aVocabularyOfOneLineForEachPieceWillDo() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    write("vocab.txt", String.join("\n", PIECES) + "\n");
    write("tokenizer_config.json", "{\"do_lower_case\": false}");
    assertThat(BertFolder.open(folder).tokenizer().encode("A a").ids()).containsExactly(2, 1, 5, 3);
    write("tokenizer_config.json", "{\"do_lower_case\": true}");
    assertThat(BertFolder.open(folder).tokenizer().encode("A a").ids()).containsExactly(2, 5, 5, 3);
  }

  @Test
  void textsArePooledAsTheFolderSaysOrTheCaller() throws IOException {
    double[][] plain = new PlainBert(tensors, DEPTH, HEADS, EPSILON, 0).apply(ids("a b c d"));
    double[] mean = new double[WIDTH];
    double[] max = new double[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      int unit = i;
      mean[i] = Arrays.stream(plain).mapToDouble(row -> row[unit]).average().orElseThrow();
      max[i] = Arrays.stream(plain).mapToDouble(row -> row[unit]).max().orElseThrow();
    }
    assertPooled(BertFolder.open(folder), mean);
    assertPooled(BertFolder.open(folder, TokenPooling.MAX), max);
    pooling("{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
    assertPooled(BertFolder.open(folder), plain[0]);
    pooling("{\"pooling_mode\": \"max\", \"word_embedding_dimension\": 12}");
    assertPooled(BertFolder.open(folder), max);
    assertPooled(BertFolder.open(folder, TokenPooling.MEAN), mean);
  }

  @Test
  void textsAreAsLongAsSentenceTransformersSays() throws IOException {
    write("sentence_bert_config.json", "{\"max_seq_length\": 4, \"do_lower_case\": false}");
    BertFolder four = BertFolder.open(folder);
    assertThat(four.length()).isEqualTo(4);
    try (InferenceModel<TextExample> model = four.model();
        Embedder<TextExample> embedder = model.embedder()) {
      float[][] cut = embedder.embed(List.of(TextExample.of("a b c d"), TextExample.of("a b")));
      assertThat(cut[0]).containsExactly(cut[1], within(1e-6f));
    }
    write("sentence_bert_config.json", "{\"max_seq_length\": null}");
    assertThat(BertFolder.open(folder).length()).isEqualTo(LENGTH);
    write("sentence_bert_config.json", "{\"max_seq_length\": 500}");
    assertThat(BertFolder.open(folder).length()).isEqualTo(LENGTH);
  }

  @Test
  void whatIsWrittenIsWhatWasReadBitForBit() {
    Path copy = temporary.resolve("copy");
    BertFolder read = BertFolder.open(folder, TokenPooling.FIRST);
    try (InferenceModel<TextExample> model = read.model();
        Weights weights = model.weights()) {
      BertFolder.write(copy, read.encoder(), TOKENIZER, 6, weights);
      BertFolder again = BertFolder.open(copy);
      assertThat(again.encoder().settings()).isEqualTo(read.encoder().settings());
      assertThat(again.length()).isEqualTo(6);
      assertThat(again.tokenizer().encode("a x").ids()).containsExactly(2, 5, 1, 3);
      try (InferenceModel<TextExample> other = again.model();
          Weights same = other.weights()) {
        assertThat(same.digest()).isEqualTo(weights.digest());
      }
    }
    assertWritten(copy);
  }

  @Test
  void aSavedEncoderIsExported() {
    Path saved = temporary.resolve("saved");
    Path copy = temporary.resolve("copy");
    BertFolder.open(folder).save(saved);
    BertFolder.export(saved, copy);
    assertWritten(copy);
    try (SentenceEmbedder embedder = SentenceEmbedder.load(saved);
        InferenceModel<TextExample> model = BertFolder.open(copy).model();
        Embedder<TextExample> other = model.embedder()) {
      float[] expected = other.embed(List.of(TextExample.of("a b")))[0];
      assertThat(embedder.embed("a b")).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void aWrittenFolderHasWhatSentenceTransformersLooksFor() throws IOException {
    Path copy = temporary.resolve("copy");
    writeTo(copy, BertFolder.open(folder).encoder(), TOKENIZER);
    assertThat(Files.readString(copy.resolve("modules.json")))
        .contains("sentence_transformers.models.Transformer", "1_Pooling");
    assertThat(copy.resolve("config_sentence_transformers.json")).exists();
    assertThat(Json.read(copy.resolve("sentence_bert_config.json")))
        .isEqualTo(Map.of("max_seq_length", LENGTH, "do_lower_case", false));
    assertThat(Json.read(copy.resolve("1_Pooling").resolve("config.json")))
        .containsEntry("pooling_mode_mean_tokens", true)
        .containsEntry("pooling_mode_cls_token", false)
        .containsEntry("word_embedding_dimension", WIDTH);
    assertThat(Json.read(copy.resolve("config.json")))
        .containsEntry("model_type", "bert")
        .containsEntry("vocab_size", 17)
        .containsEntry("intermediate_size", HIDDEN)
        .containsEntry("layer_norm_eps", EPSILON);
    Map<String, Object> specials =
        Map.of(
            "pad_token", "[PAD]",
            "cls_token", "[CLS]",
            "sep_token", "[SEP]",
            "unk_token", "[UNK]",
            "mask_token", "[MASK]");
    assertThat(Json.read(copy.resolve("special_tokens_map.json"))).isEqualTo(specials);
    assertThat(Json.read(copy.resolve("tokenizer_config.json")))
        .containsAllEntriesOf(specials)
        .containsEntry("model_max_length", LENGTH)
        .containsEntry("tokenizer_class", "PreTrainedTokenizerFast");
  }

  @Test
  void refusesModelsThatItWouldGetWrong() throws IOException {
    refusesConfig(
        "\"bert\"", "\"mpnet\"", "model_type must be bert, roberta or xlm-roberta, was mpnet");
    refusesConfig("\"gelu\"", "\"gelu_new\"", "hidden_act must be gelu, was gelu_new");
    refusesConfig(
        "absolute", "relative_key", "position_embedding_type must be absolute, was relative_key");
    refusesConfig("false", "true", "is_decoder must be false, was true");
    refusesConfig(
        "\"type_vocab_size\": 2", "\"type_vocab_size\": 3", "type_vocab_size must be 1 or 2");
    refusesConfig(
        "\"hidden_size\": 12", "\"hidden_size\": 13", "dimension must be a multiple of 3");
    refusesConfig("\"hidden_size\": 12,", "", "hidden_size must be a whole number >= 1, was null");
    refusesConfig("\"hidden_size\": 12", "\"hidden_size\": \"x\"", "hidden_size must be a whole");
  }

  @Test
  void refusesATokenizerThatIsNotTheModels() throws IOException {
    String fix = " vectors for %d; take both from one model";
    write("config.json", CONFIG.replace("\"vocab_size\": 17", "\"vocab_size\": 16"));
    refuses(
        folder, "the tokenizer has 17 pieces, but the model in config.json" + fix.formatted(16));
    write("config.json", CONFIG.replace("\"vocab_size\": 17", "\"vocab_size\": 200"));
    refuses(
        folder, "the tokenizer has 17 pieces, but the model in config.json" + fix.formatted(200));
    write("config.json", CONFIG.replace("\"vocab_size\": 17", "\"vocab_size\": 64"));
    assertThat(BertFolder.open(folder).encoder().weights().size()).isEqualTo(64);
    Files.delete(folder.resolve("tokenizer.json"));
    refuses(folder.resolve("tokenizer.json"), "does not exist");
  }

  @Test
  void refusesWhatSentenceTransformersDoesAndThisLibraryDoesNot() throws IOException {
    write("sentence_bert_config.json", "{\"max_seq_length\": 8, \"do_lower_case\": true}");
    refuses(folder.resolve("sentence_bert_config.json"), "do_lower_case must be false, was true");
    Files.delete(folder.resolve("sentence_bert_config.json"));
    pooling("{\"pooling_mode_mean_tokens\": true, \"pooling_mode_max_tokens\": true}");
    refuses(folder.resolve("1_Pooling").resolve("config.json"), "pooling_mode must be one of");
    assertThat(BertFolder.open(folder, TokenPooling.MEAN).length()).isEqualTo(LENGTH);
    write(
        "modules.json",
        """
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
         {"idx": 2, "name": "2", "path": "2_Normalize", "type": "x.Normalize", "new": 1},
         {"idx": 3, "name": "3", "path": "3_Dense", "type": "sentence_transformers.models.Dense"}]
        """);
    refuses(
        folder.resolve("modules.json"), "modules must be a Transformer, a Pooling and a Normalize");
  }

  @Test
  void refusesWeightsThatAreNotTheModels() throws IOException {
    Path file = folder.resolve("model.safetensors");
    String key = "encoder.layer.1.attention.self.key.weight";
    tensors.without(key).write(file, UnaryOperator.identity());
    refusesWeights(
        "not the weights of this encoder: 1 of its names are missing (%s), 0 are strange;"
            .formatted(key));
    WeightsReport part = loadPart(BertFolder.open(folder));
    assertThat(part.missing()).containsExactly(key);
    assertThat(part.left()).contains("encoder.layer.1.attention.self.query.weight");
    tensors.add(key, WIDTH, WIDTH).add("classifier.weight", 2, WIDTH);
    tensors.write(file, UnaryOperator.identity());
    refusesWeights(
        "not the weights of this encoder: 0 of its names are missing, 1 are strange (classifier.weight);");
    tensors.without("classifier.weight").add(key, WIDTH, WIDTH + 1);
    tensors.write(file, UnaryOperator.identity());
    refusesWeights(key + " has the shape [12, 13], but this encoder needs [12, 12]");
    tensors.add(key, WIDTH, WIDTH).add("embeddings.position_embeddings.weight", 9, WIDTH);
    tensors.write(file, UnaryOperator.identity());
    refusesWeights(
        "embeddings.position_embeddings.weight has the shape [9, 12], but config.json beside it says [8, 12]");
    tensors.add("bert.embeddings.LayerNorm.bias", WIDTH).write(file, UnaryOperator.identity());
    refusesWeights(
        "embeddings.LayerNorm.bias and bert.embeddings.LayerNorm.bias are one parameter");
    Files.delete(file);
    refusesWeights("does not exist");
  }

  @Test
  void refusesToWriteWhatPythonWouldGetWrong() throws IOException {
    TextTransformer bert = BertFolder.open(folder).encoder();
    Path copy = temporary.resolve("copy");
    refusesToWrite(
        order(bert, TransformerBlock.Order.PRE_NORM),
        "order must be post_norm to be a BERT, was pre_norm");
    refusesToWrite(
        BertFolder.open(folder, TokenPooling.WEIGHTED_MEAN).encoder(), "pooling must be");
    refusesToWrite(
        TextTransformer.bert(PieceWeights.equal(9), 8, WIDTH, 1, 3),
        "the tokenizer's size must be at most");
    refusesToWrite(
        TextTransformer.bert(PieceWeights.equal(17), 7, WIDTH, 1, 3),
        "length must be in [3, 7], was 8");
    refusesToWrite(
        TextTransformer.bert(PieceWeights.equal(18), 8, WIDTH, 1, 3),
        "weights must be of 18 pieces");
    Tokenizer runs = LetterGrams.train(List.of("a b").iterator(), 3, 3, 3);
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> writeTo(copy, bert, runs))
        .withMessageStartingWith(
            copy.resolve("tokenizer.json") + ": Hugging Face's libraries know no");
    assertThat(temporary).isDirectoryNotContaining("glob:**copy*");
    assertThat(temporary).isDirectoryNotContaining("glob:**.tmp");
  }

  private void assertPlain(PlainBert plain) {
    BertFolder bert = BertFolder.open(folder);
    AllPieces encoder = new AllPieces(bert.encoder());
    try (InferenceModel<TextExample> model =
        InferenceModel.untrained(TextViews.plain(bert.tokenizer(), bert.length()), encoder, 3)) {
      bert.weights().load(model);
      try (Embedder<TextExample> embedder = model.embedder()) {
        float[][] together = embedder.embed(TEXTS.stream().map(TextExample::of).toList());
        for (int text = 0; text < TEXTS.size(); text++) {
          double[][] expected = plain.apply(ids(TEXTS.get(text)));
          assertPieces(together[text], expected);
          assertPieces(embedder.embed(List.of(TextExample.of(TEXTS.get(text))))[0], expected);
        }
      }
    }
  }

  private static void assertPieces(float[] actual, double[][] expected) {
    for (int piece = 0; piece < expected.length; piece++) {
      for (int i = 0; i < WIDTH; i++) {
        assertThat((double) actual[piece * WIDTH + i])
            .as("number %d of piece %d", i, piece)
            .isCloseTo(expected[piece][i], within(1e-4));
      }
    }
  }

  private static void assertPooled(BertFolder bert, double[] expected) {
    try (InferenceModel<TextExample> model = bert.model();
        Embedder<TextExample> embedder = model.embedder()) {
      float[] actual =
          embedder.embed(List.of(TextExample.of("a b c d"), TextExample.of("a b c d e f")))[0];
      for (int i = 0; i < WIDTH; i++) {
        assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4));
      }
    }
  }

  /** The tensors in the written folder are those of the first, in the names of today. */
  private void assertWritten(Path copy) {
    Map<String, NamedTensor> written = SafeTensors.read(copy.resolve("model.safetensors"));
    assertThat(written.keySet()).isEqualTo(tensors.names());
    written.forEach(
        (name, tensor) -> {
          assertThat(tensor.values()).as(name).isEqualTo(tensors.values(name));
          assertThat(Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray())
              .as(name)
              .isEqualTo(tensors.shape(name));
        });
  }

  private void refusesConfig(String from, String to, String words) throws IOException {
    write("config.json", CONFIG.replace(from, to));
    refuses(folder.resolve("config.json"), words);
  }

  private void refuses(Path file, String words) {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> BertFolder.open(folder))
        .withMessageStartingWith(file + ": " + words)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private void refusesWeights(String words) {
    BertFolder bert = BertFolder.open(folder);
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> load(bert))
        .withMessageStartingWith(folder.resolve("model.safetensors") + ": " + words)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private void refusesToWrite(TextTransformer encoder, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writeTo(temporary.resolve("copy"), encoder, TOKENIZER))
        .withMessageContaining(words);
  }

  private void writeTo(Path copy, TextTransformer encoder, Tokenizer tokenizer) {
    try (InferenceModel<TextExample> model = BertFolder.open(folder).model();
        Weights weights = model.weights()) {
      BertFolder.write(copy, encoder, tokenizer, LENGTH, weights);
    }
  }

  private static WeightsReport load(BertFolder bert) {
    try (InferenceModel<TextExample> model = untrained(bert)) {
      return bert.weights().load(model);
    }
  }

  private static WeightsReport loadPart(BertFolder bert) {
    try (InferenceModel<TextExample> model = untrained(bert)) {
      return bert.partialWeights().load(model);
    }
  }

  private static InferenceModel<TextExample> untrained(BertFolder bert) {
    return InferenceModel.untrained(
        TextViews.plain(bert.tokenizer(), bert.length()), bert.encoder(), 3);
  }

  private static TextTransformer order(TextTransformer bert, TransformerBlock.Order order) {
    return new TextTransformer(
        bert.weights(),
        bert.length(),
        bert.dimension(),
        bert.depth(),
        bert.heads(),
        bert.mlpWidth(),
        order,
        bert.positions(),
        bert.epsilon(),
        bert.dropout(),
        bert.noise(),
        bert.pooling());
  }

  /** What the tokenizer's definition says, cut to the length. */
  private static int[] ids(String text) {
    String[] words = text.toLowerCase(java.util.Locale.ROOT).split(" ");
    int[] ids = new int[Math.min(LENGTH, words.length + 2)];
    ids[0] = 2;
    for (int i = 1; i < ids.length - 1; i++) {
      ids[i] = PIECES.indexOf(words[i - 1]);
    }
    ids[ids.length - 1] = 3;
    return ids;
  }

  private static BertTensors bert(int positions, int segments) {
    return BertTensors.of(PIECES.size(), WIDTH, DEPTH, HIDDEN, positions, segments, 5);
  }

  private void pooling(String json) throws IOException {
    Files.createDirectories(folder.resolve("1_Pooling"));
    write("1_Pooling/config.json", json);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(Objects.requireNonNull(folder).resolve(name), content);
  }

  /** Gives the vectors of all pieces, one after another, padding behind them. */
  private record AllPieces(TextTransformer bert) implements TextEncoder {
    @Override
    public Operand<TFloat32> apply(Scope scope, Tokens view) {
      Ops tf = scope.tf();
      return tf.reshape(
          bert.vectors(scope, view), tf.stack(List.of(view.count(tf), tf.constant(-1))));
    }

    @Override
    public int dimension() {
      return bert.dimension();
    }

    @Override
    public Map<String, Object> settings() {
      return bert.settings();
    }
  }
}
