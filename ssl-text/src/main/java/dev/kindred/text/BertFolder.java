package dev.kindred.text;

import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.embedding.Weights;
import dev.kindred.embedding.WeightsSource;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A BERT in a folder of Hugging Face's libraries: {@code config.json}, {@code model.safetensors},
 * {@code tokenizer.json} or {@code vocab.txt}, and what sentence-transformers puts beside them. To
 * be trained further here, or used; and written, for Python to open.
 *
 * <p>RoBERTas become the BERTs that they are: the same but for places before the first, which no
 * text uses. What sentence-transformers calls {@code Normalize} is left out, so that vectors keep
 * their length. Of the dropouts that the configuration knows, the hidden one counts for both.
 *
 * <pre>{@code
 * BertFolder bert = BertFolder.open(Path.of("all-MiniLM-L6-v2"));
 * bert.save(Path.of("minilm"));                               // for SentenceEmbedder.load
 *
 * Pretraining.of(method)
 *     .views(TextViews.builder(bert.tokenizer()).length(bert.length()).view().view().build())
 *     .encoder(bert.encoder())
 *     .startFrom(bert.weights())
 *
 * BertFolder.export(Path.of("run/encoder"), Path.of("mine")); // SentenceTransformer("mine")
 * }</pre>
 */
public final class BertFolder {
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  private static final String VOCABULARY = "vocab.txt";

  /** Tables of vectors are often filled up to a multiple of this. */
  private static final int FILLED_UP_TO = 128;

  private final Path folder;
  private final BertConfig config;
  private final TokenPooling pooling;
  private final Tokenizer tokenizer;
  private final int length;

  private BertFolder(SentenceModules modules, TokenPooling pooling) {
    this.folder = modules.transformer();
    this.config = BertConfig.of(ConfigFile.read(folder.resolve(BertConfig.FILE)));
    this.pooling = pooling;
    this.length = modules.length(config.length());
    this.tokenizer = tokenizer(folder);
    requireSize();
  }

  /**
   * Opens a folder, pooled as it says; by the mean if it says nothing. The weights are read later.
   *
   * @throws KindredException in one line that names the file and what to do, if a file is missing
   *     or damaged, the model is of another kind, has a module that is not known or another
   *     activation than exact gelu, or the tokenizer is not the model's
   */
  public static BertFolder open(Path folder) {
    SentenceModules modules = SentenceModules.read(folder);
    return new BertFolder(modules, modules.pooled());
  }

  /**
   * The same, pooled like this, whatever the folder says.
   *
   * @throws KindredException as {@link #open(Path)}
   */
  public static BertFolder open(Path folder, TokenPooling pooling) {
    return new BertFolder(SentenceModules.read(folder), pooling);
  }

  /**
   * Writes a BERT as a folder that sentence-transformers opens, whole or not at all, replacing what
   * is there. Opened again, it gives the same bits.
   *
   * @param encoder one that normalises after each part and learns its positions, pooled by {@link
   *     TokenPooling#MEAN}, {@link TokenPooling#FIRST} or {@link TokenPooling#MAX}
   * @param length the most pieces of a text, {@code [3, encoder.length()]}
   * @param weights the encoder's; stay the caller's
   * @throws IllegalArgumentException if the encoder is of another kind, the weights are another's,
   *     the tokenizer has more pieces than the encoder, or the length is outside its range
   * @throws KindredException if the tokenizer is of a kind that Hugging Face's libraries do not
   *     know, or the folder cannot be written
   */
  public static void write(
      Path folder, TextTransformer encoder, Tokenizer tokenizer, int length, Weights weights) {
    BertExport.of(encoder.settings(), tokenizer, length).write(folder, weights);
  }

  /**
   * The same of an encoder that was saved, such as {@code RUN/encoder}.
   *
   * @throws KindredException if {@code saved} holds no encoder, or one that cannot be written so
   */
  public static void export(Path saved, Path folder) {
    Manifest manifest = SavedEncoder.manifest(saved);
    try (Weights weights = SavedEncoder.weights(saved, TextViews.DOMAIN)) {
      TextPacker packer = SentenceEmbedder.host(saved, manifest).packer();
      BertExport.of(manifest.encoder(), packer.tokenizer(), packer.length()).write(folder, weights);
    } catch (IllegalArgumentException e) {
      throw new KindredException(
          "%s: %s; export an encoder of BERT's kind".formatted(saved, e.getMessage()), e);
    }
  }

  /** The network, without its values; {@link #weights} has them. */
  public TextTransformer encoder() {
    return config.encoder(pooling);
  }

  /** What cuts texts into the network's pieces. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The most pieces of a text. */
  public int length() {
    return length;
  }

  /** The weights, all of which must be there and nothing else but heads of BERT's own training. */
  public WeightsSource weights() {
    return new BertWeights(folder.resolve(BertWeights.FILE), config, false);
  }

  /** The weights as far as they are there, beside whatever else. */
  public WeightsSource partialWeights() {
    return new BertWeights(folder.resolve(BertWeights.FILE), config, true);
  }

  /**
   * The encoder with its weights; the caller closes it.
   *
   * @throws KindredException if the weights are not those of the encoder
   */
  public InferenceModel<TextExample> model() {
    InferenceModel<TextExample> model = InferenceModel.untrained(views(), encoder(), 0);
    try {
      weights().load(model);
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Saves it as this library's own encoders are, for {@link SentenceEmbedder#load}.
   *
   * @param encoder the folder, replaced if it is there
   * @throws KindredException as {@link #model}, or if the folder cannot be written
   */
  public void save(Path encoder) {
    try (InferenceModel<TextExample> model = model()) {
      SavedEncoder.save(
          model,
          new Manifest(
              Manifest.FORMAT,
              TextViews.DOMAIN,
              config.dimension(),
              views().settings(),
              encoder().settings(),
              weights().settings()),
          encoder);
    }
  }

  private TextViews views() {
    return TextViews.plain(tokenizer, length);
  }

  /** What {@code vocab.txt} does not say of capitals is in another file, or left to a guess. */
  private static Tokenizer tokenizer(Path folder) {
    Path vocabulary = folder.resolve(VOCABULARY);
    Path about = folder.resolve(TOKENIZER_CONFIG);
    boolean old = !Files.exists(folder.resolve(Tokenizer.FILE)) && Files.exists(vocabulary);
    if (old
        && Files.exists(about)
        && ConfigFile.read(about).values().get("do_lower_case") instanceof Boolean lowerCase) {
      return Tokenizers.readVocabulary(vocabulary, lowerCase);
    }
    return Tokenizers.read(folder);
  }

  private void requireSize() {
    int spare = config.vocabulary() - tokenizer.size();
    if (spare < 0 || spare >= FILLED_UP_TO) {
      throw new KindredException(
          "%s: the tokenizer has %d pieces, but the model in %s vectors for %d; take both from one model"
              .formatted(folder, tokenizer.size(), BertConfig.FILE, config.vocabulary()));
    }
  }
}
