package dev.kindred.cli;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.evaluation.ScoredPair;
import dev.kindred.method.Method;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.MaskedTokens;
import dev.kindred.text.TextExample;
import dev.kindred.text.TextViews;
import dev.kindred.text.Tokens;
import dev.kindred.text.data.Columns;
import dev.kindred.text.data.TextSources;
import dev.kindred.train.Pretraining;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A training on texts with everything resolved. */
final class TextTraining implements StartedTraining {
  static final String COMMAND = "pretrain text";

  private final TextTrainingOptions options;
  private final Dataset<TextExample> opened;
  private final Dataset<TextExample> data;
  private final TextNetwork network;
  private final @Nullable List<ScoredPair<TextExample>> pairs;

  private TextTraining(
      TextTrainingOptions options,
      Dataset<TextExample> opened,
      Dataset<TextExample> data,
      @Nullable List<ScoredPair<TextExample>> pairs) {
    this.options = options;
    this.opened = opened;
    this.data = data;
    this.pairs = pairs;
    this.network = network(options, data);
    TextDefaults.settleRoom(options);
  }

  /**
   * Opens the data, and settles in {@code options} what depends on it.
   *
   * @throws IllegalArgumentException if the options contradict each other or the data
   */
  static TextTraining resolve(TextTrainingOptions options) {
    if (options.data == null) {
      throw new IllegalArgumentException(
          "--data must be given: a text file, a folder of .txt files, tar:GLOB, or a .tsv or .jsonl"
              + " table");
    }
    options.data = TextData.absolute(options.data);
    options.corpus = options.corpus == null ? null : TextData.absolute(options.corpus);
    options.sts = options.sts == null ? null : TextData.absolute(options.sts);
    TextDefaults.settle(options);
    List<ScoredPair<TextExample>> pairs =
        options.sts == null ? null : TextPairs.read(Path.of(options.sts));
    Dataset<TextExample> data = TextData.open(options);
    try {
      TextDefaults.settleViews(options, parts(data));
      options.settleOrder(data);
      return new TextTraining(options, data, Subsets.first(data, options.first), pairs);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** The training that a run began with. */
  static TextTraining of(RunOrigin origin) {
    return resolve(origin.fill(new TextTrainingOptions()));
  }

  /** What is trained on; this closes it. */
  Dataset<TextExample> data() {
    return data;
  }

  TextTrainingOptions options() {
    return options;
  }

  @Override
  public Pretraining<TextExample, Tokens> pretraining() {
    Pretraining<TextExample, Tokens> pretraining =
        options.configure(
            Pretraining.of(method()).data(data).views(views()).encoder(network.encoder()), COMMAND);
    network.start().ifPresent(pretraining::startFrom);
    if (pairs != null) {
      List<ScoredPair<TextExample>> measured = pairs;
      Path file = Path.of(Objects.requireNonNull(options.sts));
      pretraining.evaluateEachEpoch("sts", embedder -> spearman(file, embedder, measured));
    }
    return pretraining;
  }

  @Override
  public void close() {
    opened.close();
  }

  private static Map<String, Double> spearman(
      Path file, Embedder<TextExample> embedder, List<ScoredPair<TextExample>> pairs) {
    return Map.of("spearman", TextPairs.compare(file, embedder, pairs).all().spearman());
  }

  private Method method() {
    Method method = Catalogues.METHODS.get(options.method).of(options);
    return options.maskedWeight == null
        ? method
        : MaskedTokens.beside(method, network.tokenizer())
            .withRate(Objects.requireNonNull(options.maskedRate))
            .withWeight(options.maskedWeight);
  }

  /** The network, of what the corpus says of a language, or else the data. */
  private static TextNetwork network(TextTrainingOptions options, Dataset<TextExample> data) {
    if (options.corpus == null) {
      return TextNetwork.of(options, () -> texts(data));
    }
    try (Dataset<TextExample> corpus = TextSources.open(options.corpus, Columns.none())) {
      return TextNetwork.of(options, () -> texts(corpus));
    }
  }

  private TextViews views() {
    TextViews.Builder builder =
        TextViews.builder(network.tokenizer())
            .length(Objects.requireNonNull(options.length))
            .longTexts(options.longTexts);
    if (options.room != null) {
      builder.room(options.room);
    }
    int parts = parts(data);
    if (parts > 1) {
      IntStream.range(0, parts).forEach(part -> builder.view(part));
      return builder.build();
    }
    TextViewPlan.of(Objects.requireNonNull(options.views))
        .addTo(builder, options.rate, network.tokenizer());
    return builder.build();
  }

  private static int parts(Dataset<TextExample> data) {
    return readable(data)
        .findFirst()
        .orElseThrow(() -> new KindredException(data.description() + ": no text can be read"))
        .parts()
        .size();
  }

  /** All texts of all examples that can be read; training says which cannot. */
  static Stream<String> texts(Dataset<TextExample> data) {
    return readable(data).flatMap(example -> example.parts().stream());
  }

  private static Stream<TextExample> readable(Dataset<TextExample> data) {
    return IntStream.range(0, data.size())
        .mapToObj(index -> read(data, index))
        .flatMap(Optional::stream);
  }

  private static Optional<TextExample> read(Dataset<TextExample> data, int index) {
    try {
      return Optional.of(data.get(index));
    } catch (CorruptExampleException e) {
      return Optional.empty();
    }
  }
}
