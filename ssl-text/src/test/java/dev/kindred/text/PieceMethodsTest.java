package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Batch;
import dev.kindred.data.Feeds;
import dev.kindred.data.Randomness;
import dev.kindred.method.GradedPairs;
import dev.kindred.method.Method;
import dev.kindred.method.SimCse;
import dev.kindred.method.SimCseQueue;
import dev.kindred.nn.Encoder;
import dev.kindred.nn.Network;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.AdamW;
import dev.kindred.optim.Schedule;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.Precision;
import dev.kindred.text.data.GeneratedParaphrases;
import dev.kindred.text.tokenizer.LetterGrams;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.TokenizerTrainer;
import dev.kindred.train.Pretraining;
import dev.kindred.train.Recipe;
import dev.kindred.train.StepPoint;
import dev.kindred.train.StoppedException;
import dev.kindred.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The methods that look at pieces. */
class PieceMethodsTest {
  private static final GeneratedParaphrases TEXTS = GeneratedParaphrases.of(512, 3);
  private static final Tokenizer TOKENIZER =
      TokenizerTrainer.of(300)
          .wordPiece(
              IntStream.range(0, TEXTS.size()).mapToObj(i -> TEXTS.get(i).parts().get(0)), true);
  private static final int LENGTH = 32;
  private static final int BATCH = 32;
  private static final int STEPS = 150;

  @TempDir private Path folder;

  @Test
  void hiddenPiecesAreFoundOutWithTime() {
    List<Map<String, Float>> metrics = new ArrayList<>();
    train(
        MaskedTokens.beside(SimCse.defaults(), TOKENIZER).withWeight(1).withRate(0.3),
        TextViews.builder(TOKENIZER).length(LENGTH).view(0).view(1).build(),
        STEPS,
        outcome -> metrics.add(outcome.metrics()));
    float first = Objects.requireNonNull(metrics.get(0).get("masked_loss"));
    assertThat(first).isCloseTo((float) Math.log(TOKENIZER.size()), within(0.7f));
    assertThat(mean(metrics.subList(STEPS - 10, STEPS))).isLessThan(0.8 * first);
  }

  @Test
  void aTextIsWrittenFromItsVectorWithTime() {
    List<Float> losses = new ArrayList<>();
    train(
        new TsDae(1, 2),
        TsDae.views(TOKENIZER).length(LENGTH).build(),
        STEPS,
        outcome -> losses.add(outcome.loss()));
    assertThat(losses.get(0)).isCloseTo((float) Math.log(TOKENIZER.size()), within(0.7f));
    assertThat(losses.get(STEPS - 1)).isLessThan(0.6f * losses.get(0));
  }

  /** Both heads for pieces together, and one beside a queue. */
  static Stream<Method> all() {
    return Stream.of(
        MaskedTokens.beside(new TsDae(2, 4), TOKENIZER).withRate(0.3),
        MaskedTokens.beside(SimCseQueue.defaults().withQueueSize(20), TOKENIZER));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStoppedRunEndsWithTheSameBytes(Method method) throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(pretraining(method, whole).run().report().loss()).isFinite();
    Path cut = folder.resolve("cut");
    AtomicInteger asked = new AtomicInteger();
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(
            () -> pretraining(method, cut).stopWhen(() -> asked.incrementAndGet() > 7).run());
    pretraining(method, cut).resume();
    assertThat(lastState(cut)).isEqualTo(lastState(whole));
  }

  private static Pretraining<TextExample, Tokens> pretraining(Method method, Path out) {
    return Pretraining.of(method)
        .data(TEXTS.first(64))
        .views(TsDae.views(TOKENIZER).length(LENGTH).build())
        .encoder(TextTransformer.bert(PieceWeights.equal(TOKENIZER), LENGTH, 16, 1, 2))
        .optimizer(AdamW.defaults())
        .schedule(Schedule.cosine(3e-3f))
        .epochs(3)
        .batchSize(16)
        .seed(7)
        .out(out);
  }

  /** Everything that was remembered at the end, the heads too. */
  private static byte[] lastState(Path run) throws IOException {
    try (Stream<Path> states = Files.list(run.resolve("checkpoints"))) {
      Path last = states.max(Comparator.naturalOrder()).orElseThrow();
      return Files.readAllBytes(last.resolve("variables.data-00000-of-00001"));
    }
  }

  @Test
  void theLossIsTheCrossEntropyOfWhatIsAsked() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Asked asked = new Asked(graph, true);
      session.initialize();
      float[][][] vectors = vectors();
      double expected =
          (asked.crossEntropy(session, vectors[0][1], 4)
                  + asked.crossEntropy(session, vectors[1][0], 0))
              / 2;
      assertThat(asked.loss(session, vectors)).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void nothingAskedIsNothingLost() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Asked asked = new Asked(graph, false);
      session.initialize();
      assertThat(asked.loss(session, vectors())).isZero();
      assertThat(asked.gradient(session, vectors())[0][1]).containsOnly(0f);
    }
  }

  @Test
  void gradientsAreTheSlopes() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Asked asked = new Asked(graph, true);
      session.initialize();
      float[][][] gradient = asked.gradient(session, vectors());
      for (int i = 0; i < Asked.WIDTH; i++) {
        double slope = (moved(asked, session, i, 1e-2f) - moved(asked, session, i, -1e-2f)) / 2e-2;
        assertThat((double) gradient[0][1][i]).as("%d", i).isCloseTo(slope, within(2e-3));
      }
      assertThat(gradient[0][0]).containsOnly(0f);
      assertThat(gradient[0][1]).doesNotContain(0f);
    }
  }

  private static double moved(Asked asked, Session session, int at, float by) {
    float[][][] vectors = vectors();
    vectors[0][1][at] += by;
    return asked.loss(session, vectors);
  }

  /** Two texts of two pieces; the second piece of the first and the first of the second. */
  private static final class Asked {
    static final int WIDTH = 4;
    private static final float[][] VOCABULARY = matrix(7, 5, WIDTH);
    private static final float EPSILON = 1e-6f;

    private final Placeholder<TFloat32> vectors;
    private final Operand<TFloat32> loss;
    private final Output<?> gradient;
    private final Map<String, Operand<TFloat32>> parameters = new TreeMap<>();

    Asked(Graph graph, boolean any) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.TRAINING, 5);
      vectors = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, WIDTH)));
      Operand<TInt32> pieces = tf.constant(new int[][] {{3, 4}, {0, 1}});
      Operand<TBool> where = tf.constant(new boolean[][] {{false, any}, {any, false}});
      loss =
          new PiecePrediction(network.scope(), tf.constant(VOCABULARY), EPSILON)
              .loss((own, count) -> own, vectors, pieces, where);
      gradient = graph.addGradients(loss.asOutput(), new Output<?>[] {vectors.asOutput()})[0];
      network.parameters().forEach(p -> parameters.put(p.path(), p.value()));
    }

    double loss(Session session, float[][][] at) {
      try (TFloat32 fed = TFloat32.tensorOf(StdArrays.ndCopyOf(at));
          Result result = session.runner().feed(vectors, fed).fetch(loss).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }

    float[][][] gradient(Session session, float[][][] at) {
      try (TFloat32 fed = TFloat32.tensorOf(StdArrays.ndCopyOf(at));
          Result result = session.runner().feed(vectors, fed).fetch(gradient).run()) {
        return StdArrays.array3dCopyOf((TFloat32) result.get(0));
      }
    }

    /** Dense, GELU, normalised (as it starts), inner products (the biases start as 0). */
    double crossEntropy(Session session, float[] vector, int piece) {
      assertThat(parameters.keySet())
          .containsExactly("bias", "dense/bias", "dense/kernel", "norm/beta", "norm/gamma");
      float[] kernel = fetch(session, Objects.requireNonNull(parameters.get("dense/kernel")));
      double[] hidden = new double[WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        double x = 0;
        for (int i = 0; i < WIDTH; i++) {
          x += vector[i] * kernel[i * WIDTH + j];
        }
        hidden[j] = x / 2 * (1 + erf(x / Math.sqrt(2)));
      }
      double mean = IntStream.range(0, WIDTH).mapToDouble(i -> hidden[i]).average().orElseThrow();
      double variance =
          IntStream.range(0, WIDTH)
              .mapToDouble(i -> (hidden[i] - mean) * (hidden[i] - mean))
              .average()
              .orElseThrow();
      double[] logits = new double[VOCABULARY.length];
      double sum = 0;
      for (int p = 0; p < logits.length; p++) {
        for (int i = 0; i < WIDTH; i++) {
          logits[p] += (hidden[i] - mean) / Math.sqrt(variance + EPSILON) * VOCABULARY[p][i];
        }
        sum += Math.exp(logits[p]);
      }
      return Math.log(sum) - logits[piece];
    }

    private static double erf(double x) {
      double sum = 0;
      double term = x;
      for (int n = 0; n < 60; n++) {
        sum += term / (2 * n + 1);
        term *= -x * x / (n + 1);
      }
      return 2 / Math.sqrt(Math.PI) * sum;
    }
  }

  /** 0 is a class token, 9 the mask, and what is behind the length is padding. */
  @Test
  void piecesOfWordsAreHiddenAsBertHidesThem() {
    int texts = 400;
    int width = 50;
    int[][] ids = new int[texts][width];
    int[][] words = new int[texts][width];
    int[] lengths = new int[texts];
    for (int t = 0; t < texts; t++) {
      lengths[t] = width - 5;
      words[t][0] = -1;
      for (int i = 1; i < width; i++) {
        ids[t][i] = 1;
        words[t][i] = i - 1;
      }
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Network network =
          new Network(tf, Network.Mode.TRAINING, 0)
              .randomness(new Randomness(tf, tf.constant(new int[] {1, 2})));
      PieceHiding.Hidden hidden =
          new PieceHiding(9, 0.3, 1000)
              .apply(
                  network.scope(),
                  new Tokens(tf.constant(ids), tf.constant(words), tf.constant(lengths)));
      try (Result result =
          session
              .runner()
              .fetch(tf.dtypes.cast(hidden.where(), TInt32.class))
              .fetch(hidden.tokens().ids())
              .run()) {
        int[][] where = StdArrays.array2dCopyOf((TInt32) result.get(0));
        int[][] seen = StdArrays.array2dCopyOf((TInt32) result.get(1));
        int[] counts = new int[4];
        for (int t = 0; t < texts; t++) {
          assertThat(where[t][0]).isZero();
          for (int i = 0; i < width; i++) {
            if (where[t][i] == 0) {
              assertThat(seen[t][i]).isEqualTo(ids[t][i]);
            } else {
              assertThat(i).isLessThan(width - 5);
              counts[0]++;
              counts[seen[t][i] == 9 ? 1 : seen[t][i] == 1 ? 2 : 3]++;
            }
          }
        }
        double all = counts[0];
        assertThat(all / (texts * (width - 6))).isCloseTo(0.3, within(0.02));
        assertThat(counts[1] / all).isCloseTo(0.8, within(0.03));
        assertThat(counts[2] / all).isCloseTo(0.1, within(0.02));
        assertThat(counts[3] / all).isCloseTo(0.1, within(0.02));
      }
    }
  }

  @Test
  void refusesWhatHasNoPieces() {
    StaticEncoder bag = StaticEncoder.of(PieceWeights.equal(TOKENIZER), 8);
    TextViews views = TsDae.views(TOKENIZER).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingStep<>(recipe(TsDae.defaults(), bag), views))
        .withMessage(
            "method tsdae needs the vectors of a text's pieces, which encoder static does not make;"
                + " use a TextTransformer");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TrainingStep<>(
                    recipe(MaskedTokens.beside(SimCse.defaults(), TOKENIZER), bag), views))
        .withMessageStartingWith("method masked-tokens needs the vectors of a text's pieces");
  }

  @Test
  void refusesWhatIsOutsideItsRange() {
    Tokenizer grams = LetterGrams.train(List.of("a text").iterator(), 100, 3, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MaskedTokens.beside(SimCse.defaults(), grams))
        .withMessage(
            "masked tokens need a tokenizer with a mask piece; use word-piece or byte-pairs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MaskedTokens(SimCse.defaults(), 4, 0, 1))
        .withMessage("rate must be in (0, 1], was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PieceHiding(7, 0.1, 7))
        .withMessage("mask must be a piece of the encoder's 7, was 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TsDae(0, 4))
        .withMessage("depth must be >= 1, was 0");
  }

  @Test
  void settingsAreTheSameAfterAFileAndHoldThoseInside() {
    Method masked = MaskedTokens.beside(GradedPairs.defaults(), TOKENIZER);
    assertThat(Json.parse(Json.line(masked.settings()))).isEqualTo(masked.settings());
    assertThat(masked.settings())
        .containsEntry("name", "masked-tokens")
        .containsEntry("method", GradedPairs.defaults().settings());
    assertThat(masked.needsLabels()).isTrue();
    assertThat(TsDae.defaults().settings())
        .isEqualTo(Map.of("name", "tsdae", "depth", 1, "heads", 4));
  }

  /** What is to be seen of a step. */
  private interface Seen {
    void step(TrainingStep.Outcome outcome);
  }

  private static void train(Method method, TextViews views, int steps, Seen seen) {
    TextTransformer encoder = TextTransformer.bert(PieceWeights.equal(TOKENIZER), LENGTH, 32, 1, 2);
    try (TrainingStep<TextExample, Tokens> step =
        new TrainingStep<>(recipe(method, encoder), views)) {
      for (int number = 1; number <= steps; number++) {
        int first = number * BATCH;
        List<TextExample> batch =
            IntStream.range(first, first + BATCH)
                .mapToObj(i -> TEXTS.get(i % TEXTS.size()))
                .toList();
        try (Feeds feeds = views.pack(batch)) {
          seen.step(step.run(Batch.of(feeds), new StepPoint(number, 5e-3f, 0)));
        }
      }
    }
  }

  private static Recipe<Tokens> recipe(Method method, Encoder<Tokens> encoder) {
    return new Recipe<>(
        method,
        encoder,
        AdamW.defaults(),
        null,
        Accumulation.of(1),
        Recipe.WHOLE,
        Precision.FLOAT32,
        3);
  }

  private static double mean(List<Map<String, Float>> metrics) {
    return metrics.stream()
        .mapToDouble(each -> Objects.requireNonNull(each.get("masked_loss")))
        .average()
        .orElseThrow();
  }

  private static float[] fetch(Session session, Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      Tensor tensor = result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private static float[][][] vectors() {
    return new float[][][] {matrix(1, 2, Asked.WIDTH), matrix(2, 2, Asked.WIDTH)};
  }

  private static float[][] matrix(long seed, int rows, int columns) {
    Random random = new Random(seed);
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }
}
