package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.nn.Network;
import dev.kindred.text.augment.WordDeletion;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaticEncoderTest {
  private static final int DIMENSION = 4;
  private static final ToyTokenizer FRAMED = new ToyTokenizer(true);
  private static final PieceWeights WEIGHTS =
      PieceWeights.inverseDocumentFrequency(
          FRAMED, List.of("a b cc", "a b", "a d", "a").iterator(), 1);
  private static final String LONG = "abc abcd e f g hi";

  @Test
  void isTheMeanOfVectorsByTheirWeightsAndOneOverTheRootOfAWordsPieces() {
    try (EncoderRun run = run(StaticEncoder.of(WEIGHTS, DIMENSION))) {
      float[] table = run.values("vectors");
      float[] w = WEIGHTS.values();
      double root = 1 / Math.sqrt(2);
      int[] ids = {id('c'), id('d'), id('b')};
      double[] factors = {root * w[ids[0]], root * w[ids[1]], w[ids[2]]};
      double total = factors[0] + factors[1] + factors[2];
      float[] actual = run.of("cd b")[0];
      for (int i = 0; i < DIMENSION; i++) {
        double expected = 0;
        for (int piece = 0; piece < ids.length; piece++) {
          expected += factors[piece] * table[ids[piece] * DIMENSION + i] / total;
        }
        assertThat(actual[i]).isCloseTo((float) expected, within(1e-6f));
      }
    }
  }

  @Test
  void aWordThatComesAgainCountsAsItsRepeatsSay() {
    for (double repeats : new double[] {0, 0.5, 1}) {
      StaticEncoder encoder =
          new StaticEncoder(WEIGHTS, DIMENSION, 0, 1, repeats, EmbeddingNoise.NONE);
      try (EncoderRun run = run(encoder)) {
        float[] table = run.values("vectors");
        float[] w = WEIGHTS.values();
        double b = Math.pow(3, repeats) * w[id('b')];
        double d = w[id('d')];
        float[][] actual = run.of("d b", "b d b b", "b", LONG);
        for (int i = 0; i < DIMENSION; i++) {
          double expected =
              (b * table[id('b') * DIMENSION + i] + d * table[id('d') * DIMENSION + i]) / (b + d);
          assertThat(actual[1][i]).isCloseTo((float) expected, within(1e-6f));
        }
      }
    }
  }

  @Test
  void aTextInABatchOfLongerOnesIsWhatItIsAlone() {
    StaticEncoder encoder = new StaticEncoder(WEIGHTS, DIMENSION, 2, 0.5, 1, EmbeddingNoise.NONE);
    try (EncoderRun run = run(encoder)) {
      float[][] together = run.of("b", LONG, "", "cc d");
      assertThat(together[0]).containsExactly(run.of("b")[0], within(1e-6f));
      assertThat(together[2]).containsExactly(run.of("")[0], within(1e-6f));
      assertThat(together[3]).containsExactly(run.of("cc d")[0], within(1e-6f));
    }
  }

  @Test
  void aTextWithoutAWordIsZerosWithOrWithoutPiecesAround() {
    float[] zeros = new float[DIMENSION];
    for (boolean framed : new boolean[] {true, false}) {
      ToyTokenizer tokenizer = new ToyTokenizer(framed);
      for (int fixed : new int[] {0, 2}) {
        StaticEncoder encoder =
            new StaticEncoder(
                PieceWeights.equal(tokenizer), DIMENSION, fixed, 0.5, 1, EmbeddingNoise.NONE);
        try (EncoderRun run =
            new EncoderRun(Network.Mode.INFERENCE, TextViews.plain(tokenizer, 9), encoder)) {
          assertThat(run.of("")[0]).containsExactly(zeros, within(0f));
          assertThat(run.of("a", "")[1]).containsExactly(zeros, within(0f));
        }
      }
    }
  }

  @Test
  void aNegativeWeightTurnsAVectorRound() {
    try (EncoderRun run = run(StaticEncoder.of(PieceWeights.equal(FRAMED), DIMENSION))) {
      float[] plain = run.of("a")[0];
      float[] weights = run.values("weights");
      weights[id('a')] = -3;
      run.assign("weights", weights);
      float[] turned = run.of("a")[0];
      for (int i = 0; i < DIMENSION; i++) {
        assertThat(turned[i]).isCloseTo(-plain[i], within(1e-6f));
      }
    }
  }

  @Test
  void theCosineOfTwoTextsIsThatOfBothHalvesByTheirShares() {
    StaticEncoder encoder = new StaticEncoder(WEIGHTS, 7, 4, 0.3, 1, EmbeddingNoise.NONE);
    try (EncoderRun run = run(encoder)) {
      float[][] z = run.of("b cc", LONG);
      assertThat(cosine(z, 0, 7))
          .isCloseTo(0.7 * cosine(z, 0, 4) + 0.3 * cosine(z, 4, 7), within(1e-6));
      assertThat(dot(z[0], z[0], 0, 7)).isCloseTo(1, within(1e-6));
      assertThat(dot(z[0], z[0], 4, 7)).isCloseTo(0.3, within(1e-6));
    }
  }

  @Test
  void gradientsReachVectorsAndWeightsAsFiniteDifferencesSay() {
    String[] texts = {"b cc", "d", LONG, ""};
    try (EncoderRun run = run(StaticEncoder.of(WEIGHTS, 3))) {
      for (String path : List.of("vectors", "weights")) {
        float[] gradient = run.gradient(path, texts);
        float[] values = run.values(path);
        int width = values.length / FRAMED.size();
        for (int i = id('a') * width; i < id('e') * width; i++) {
          double slope = slope(run, path, values, i, texts);
          assertThat((double) gradient[i]).isCloseTo(slope, within(2e-3));
        }
        assertThat(gradient[id('d') * width]).isNotZero();
        assertThat(gradient[0]).as("padding").isZero();
      }
    }
  }

  @Test
  void noiseIsForTrainingOnlyAndDiffersFromStepToStep() {
    StaticEncoder noisy =
        new StaticEncoder(WEIGHTS, DIMENSION, 0, 1, 0, new EmbeddingNoise(0.5, 0.2, 0.2));
    TextViews views = TextViews.plain(FRAMED, 32);
    try (EncoderRun training = new EncoderRun(Network.Mode.TRAINING, views, noisy);
        EncoderRun inference = new EncoderRun(Network.Mode.INFERENCE, views, noisy);
        EncoderRun plain = run(StaticEncoder.of(WEIGHTS, DIMENSION))) {
      assertThat(training.at(1, LONG)[0]).isEqualTo(training.at(1, LONG)[0]);
      assertThat(training.at(1, LONG)[0]).isNotEqualTo(training.at(2, LONG)[0]);
      assertThat(training.at(1, LONG, LONG)[0]).isNotEqualTo(training.at(1, LONG, LONG)[1]);
      assertThat(inference.of(LONG)).isEqualTo(plain.of(LONG));
    }
  }

  /**
   * With one number in two, half of a single piece's numbers are 0 on average, the rest doubled.
   */
  @Test
  void dropoutDropsNumbersAndMakesUpForThem() {
    EmbeddingNoise noise = EmbeddingNoise.dropout(0.5);
    float[][] z = noisy(noise);
    float[] whole = noisy(EmbeddingNoise.NONE)[0];
    int zeros = 0;
    for (float[] row : z) {
      for (int i = 0; i < row.length; i++) {
        zeros += row[i] == 0 ? 1 : 0;
        assertThat(row[i]).satisfiesAnyOf(v -> assertThat(v).isZero(), close(2 * whole[i]));
      }
    }
    assertThat(zeros / (z.length * (double) whole.length)).isCloseTo(0.5, within(0.08));
  }

  private static java.util.function.Consumer<Float> close(float expected) {
    return value -> assertThat(value).isCloseTo(expected, within(1e-6f));
  }

  @Test
  void tokenCutoffDropsWholeVectors() {
    int dropped = 0;
    float[] whole = noisy(EmbeddingNoise.NONE)[0];
    float[][] all = noisy(new EmbeddingNoise(0, 0.3, 0));
    for (float[] row : all) {
      assertThat(row).isIn(new float[whole.length], whole);
      dropped += row[0] == 0 ? 1 : 0;
    }
    assertThat(dropped / (double) all.length).isCloseTo(0.3, within(0.09));
  }

  /** The same numbers of all pieces of a text, others of another text. */
  @Test
  void featureCutoffDropsTheSameNumbersOfAllPieces() {
    StaticEncoder encoder =
        new StaticEncoder(PieceWeights.equal(FRAMED), 32, 0, 1, 1, new EmbeddingNoise(0, 0, 0.5));
    try (EncoderRun run =
        new EncoderRun(Network.Mode.TRAINING, TextViews.plain(FRAMED, 32), encoder)) {
      float[][] z = run.at(4, LONG, LONG);
      long zeros = zeros(z[0]);
      assertThat(zeros).isBetween(6L, 26L);
      assertThat(z[0]).isNotEqualTo(z[1]);
    }
  }

  @Test
  void pairsOfAViewDeletedDifferently() {
    TextViews views = TextViews.builder(FRAMED).view(new WordDeletion(0.5)).build();
    try (EncoderRun run =
        new EncoderRun(Network.Mode.TRAINING, views, StaticEncoder.of(WEIGHTS, DIMENSION))) {
      assertThat(List.of(run.at(1, LONG, LONG, LONG))).doesNotHaveDuplicates();
    }
  }

  @Test
  void sizesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StaticEncoder(WEIGHTS, 4, 4, 0.5, 1, EmbeddingNoise.NONE))
        .withMessage("fixed must be in [0, 4), was 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StaticEncoder(WEIGHTS, 4, 2, 1.5, 1, EmbeddingNoise.NONE))
        .withMessage("share must be in [0, 1], was 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmbeddingNoise(0, 1, 0))
        .withMessage("tokenCutoff must be in [0, 1), was 1.0");
  }

  /** Texts of one piece each, under noise. */
  private static float[][] noisy(EmbeddingNoise noise) {
    StaticEncoder encoder =
        new StaticEncoder(PieceWeights.equal(FRAMED), DIMENSION, 0, 1, 1, noise);
    String[] texts = new String[300];
    java.util.Arrays.fill(texts, "a");
    try (EncoderRun run =
        new EncoderRun(Network.Mode.TRAINING, TextViews.plain(FRAMED, 32), encoder)) {
      return run.of(texts);
    }
  }

  private static EncoderRun run(StaticEncoder encoder) {
    return new EncoderRun(Network.Mode.INFERENCE, TextViews.plain(FRAMED, 32), encoder);
  }

  private static double slope(
      EncoderRun run, String path, float[] values, int index, String... texts) {
    float step = 1e-2f;
    double[] sums = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = values.clone();
      moved[index] += side == 0 ? -step : step;
      run.assign(path, moved);
      for (float[] row : run.of(texts)) {
        sums[side] += dot(row, row, 0, row.length);
      }
    }
    run.assign(path, values);
    return (sums[1] - sums[0]) / (2 * step);
  }

  private static long zeros(float[] values) {
    long zeros = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static double cosine(float[][] z, int from, int to) {
    return dot(z[0], z[1], from, to)
        / Math.sqrt(dot(z[0], z[0], from, to) * dot(z[1], z[1], from, to));
  }

  private static double dot(float[] a, float[] b, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static int id(int letter) {
    return ToyTokenizer.id(letter);
  }
}
