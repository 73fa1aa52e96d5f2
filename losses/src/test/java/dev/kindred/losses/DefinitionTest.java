package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Losses against their definitions, written down as they read: those for which no published value
 * is at hand, each with the settings that {@link LossCases} has.
 */
class DefinitionTest {
  private static final double TEMPERATURE = 0.3;
  private static final int BATCH = LossCases.BATCH;

  private static final Map<String, ToDoubleFunction<double[][][]>> DEFINITIONS =
      Map.ofEntries(
          Map.entry("infonce", x -> mean(i -> infoNce(x[0], x[1], i))),
          Map.entry(
              "infonce symmetric",
              x -> mean(i -> (infoNce(x[0], x[1], i) + infoNce(x[1], x[0], i)) / 2)),
          Map.entry(
              "infonce batch and queue",
              x ->
                  mean(
                      i ->
                          infoNce(
                              x[0],
                              Stream.of(x[1], x[2])
                                  .flatMap(Arrays::stream)
                                  .toArray(double[][]::new),
                              i))),
          Map.entry("infonce hard", x -> mean(i -> hardNegatives(x, i))),
          Map.entry("logistic nce", x -> mean(i -> sigmoids(x, i, 1 / TEMPERATURE, 0))),
          Map.entry("siglip", x -> mean(i -> sigmoids(x, i, 10, -10))),
          Map.entry("npair", DefinitionTest::nPair),
          Map.entry("alignment", x -> mean(i -> Math.pow(apart(x[0][i], x[1][i]), 2))),
          Map.entry("alignment cubed", x -> mean(i -> Math.pow(apart(x[0][i], x[1][i]), 3))),
          Map.entry("uniformity", x -> uniformity(x[0])),
          Map.entry("koleo", x -> -mean(i -> Math.log(nearest(x[0], i) + 1e-8))),
          Map.entry("contrastive margin", x -> contrastiveMargin(x[0], LossCases.LABELS, 3)),
          Map.entry("cosent", DefinitionTest::coSent),
          Map.entry("dino", DefinitionTest::dino),
          Map.entry("nnclr", DefinitionTest::nnClr));

  @Property(tries = 5)
  void equalsItsDefinition(@ForAll long seed) {
    DEFINITIONS.forEach(
        (name, definition) -> {
          LossCases.Case it = LossCases.named(name);
          double[][][] inputs = it.inputs(seed);
          double expected = definition.applyAsDouble(inputs);
          assertThat(Evaluated.in64(it.loss(), inputs).value())
              .as(name)
              .isCloseTo(expected, within(1e-10 * Math.max(1, Math.abs(expected))));
        });
  }

  private static double infoNce(double[][] queries, double[][] keys, int i) {
    return crossEntropy(
        i, Arrays.stream(keys).mapToDouble(key -> cosine(queries[i], key) / TEMPERATURE).toArray());
  }

  private static double hardNegatives(double[][][] x, int i) {
    double offset = 0.7;
    IntToDoubleFunction own = j -> cosine(x[0][i], x[1][j]) / TEMPERATURE;
    IntToDoubleFunction hard = j -> cosine(x[0][i], x[2][j]) / TEMPERATURE + (i == j ? offset : 0);
    return crossEntropy(
        i,
        IntStream.range(0, 2 * BATCH)
            .mapToDouble(j -> j < BATCH ? own.applyAsDouble(j) : hard.applyAsDouble(j - BATCH))
            .toArray());
  }

  private static double sigmoids(double[][][] x, int i, double scale, double bias) {
    return IntStream.range(0, BATCH)
        .mapToDouble(
            j -> {
              double logit = scale * cosine(x[0][i], x[1][j]) + bias;
              return Math.log1p(Math.exp(i == j ? -logit : logit));
            })
        .sum();
  }

  private static double nPair(double[][][] x) {
    double contrast =
        mean(i -> crossEntropy(i, Arrays.stream(x[1]).mapToDouble(p -> dot(x[0][i], p)).toArray()));
    double lengths =
        Stream.of(x[0], x[1])
            .flatMap(Arrays::stream)
            .mapToDouble(row -> dot(row, row))
            .average()
            .orElseThrow();
    return contrast + 0.1 * lengths;
  }

  private static double uniformity(double[][] rows) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < i; j++) {
        sum += Math.exp(-2 * Math.pow(apart(rows[i], rows[j]), 2));
        pairs++;
      }
    }
    return Math.log(sum / pairs);
  }

  private static double nearest(double[][] rows, int i) {
    return IntStream.range(0, BATCH)
        .filter(j -> j != i)
        .mapToDouble(j -> apart(rows[i], rows[j]))
        .min()
        .orElseThrow();
  }

  private static double contrastiveMargin(double[][] rows, int[] labels, double margin) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < BATCH; j++) {
        if (i != j) {
          double distance = distance(rows[i], rows[j]);
          sum +=
              labels[i] == labels[j]
                  ? distance * distance
                  : Math.pow(Math.max(0, margin - distance), 2);
        }
      }
    }
    return sum / (BATCH * (BATCH - 1));
  }

  private static double coSent(double[][][] x) {
    double sum = 1;
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < BATCH; j++) {
        if (LossCases.GOLD[i] < LossCases.GOLD[j]) {
          sum += Math.exp(20 * (cosine(x[0][i], x[1][i]) - cosine(x[0][j], x[1][j])));
        }
      }
    }
    return Math.log(sum);
  }

  /** Two views: the teacher's first teaches the student's second, and the other way round. */
  private static double dino(double[][][] x) {
    return (mean(i -> taught(x[2][i], x[1][i])) + mean(i -> taught(x[3][i], x[0][i]))) / 2;
  }

  private static double taught(double[] teacher, double[] student) {
    double[] target =
        softmax(
            IntStream.range(0, teacher.length)
                .mapToDouble(k -> (teacher[k] - LossCases.CENTRE[k]) / 0.04)
                .toArray());
    double[] prediction = softmax(Arrays.stream(student).map(s -> s / 0.1).toArray());
    return -IntStream.range(0, target.length)
        .mapToDouble(k -> target[k] * Math.log(prediction[k]))
        .sum();
  }

  private static double nnClr(double[][][] x) {
    double[][] neighbours =
        Arrays.stream(x[1])
            .map(
                row ->
                    Arrays.stream(x[2])
                        .max((a, b) -> Double.compare(cosine(row, a), cosine(row, b)))
                        .orElseThrow())
            .toArray(double[][]::new);
    return mean(i -> infoNce(neighbours, x[0], i));
  }

  private static double crossEntropy(int right, double... logits) {
    return -Math.log(softmax(logits)[right]);
  }

  private static double[] softmax(double... logits) {
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    return Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
  }

  private static double mean(IntToDoubleFunction ofRow) {
    return IntStream.range(0, BATCH).mapToDouble(ofRow).average().orElseThrow();
  }

  private static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  /** The distance on the unit sphere. */
  private static double apart(double[] a, double[] b) {
    return distance(unit(a), unit(b));
  }

  private static double[] unit(double[] row) {
    return Arrays.stream(row).map(x -> x / Math.sqrt(dot(row, row))).toArray();
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length).mapToDouble(k -> (a[k] - b[k]) * (a[k] - b[k])).sum());
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(k -> a[k] * b[k]).sum();
  }
}
