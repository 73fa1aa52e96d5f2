package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kindred.evaluation.PairSimilarity.Agreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The counts of words, compared over SemEval's sets, against what SciPy makes of the same. */
class StsTest {
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /** More than two sentences have words. */
  private static final int WIDTH = 128;

  @Test
  void sts12IsAsSciPyHasIt() throws IOException {
    PairSimilarity result = PairSimilarity.of(read("STS12.senteval.tsv"));
    assertThat(result.subsets())
        .extractingFromEntries(subset -> subset.getValue().count())
        .containsExactly(750, 750, 459, 750, 399);
    assertAgreement(result.all(), 35.15443, 31.56975);
    assertAgreement(result.mean(), 46.83772, 44.42749);
    assertAgreement(result.wmean(), 46.60690, 44.59069);
  }

  @Test
  void sts13IsAsSciPyHasIt() throws IOException {
    PairSimilarity result = PairSimilarity.of(read("STS13.senteval.tsv"));
    assertAgreement(result.all(), 47.32867, 47.57478);
    assertAgreement(result.mean(), 38.76119, 36.55010);
    assertAgreement(result.wmean(), 47.13209, 45.29519);
  }

  private static void assertAgreement(Agreement agreement, double spearman, double pearson) {
    assertThat(100 * agreement.spearman()).isCloseTo(spearman, within(1e-4));
    assertThat(100 * agreement.pearson()).isCloseTo(pearson, within(1e-4));
  }

  private static List<ScoredPair<float[]>> read(String name) throws IOException {
    Path folder = Path.of(System.getProperty("kindred.data", "")).resolve("sts");
    assumeThat(folder).as("needs sts below the system property kindred.data").isDirectory();
    List<ScoredPair<float[]>> pairs = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(name)).stream().skip(1).toList()) {
      String[] columns = line.split("\t", -1);
      List<String> words = new ArrayList<>();
      pairs.add(
          new ScoredPair<>(
              name + ":" + (pairs.size() + 2),
              columns[0],
              Double.parseDouble(columns[1]),
              counts(columns[2], words),
              counts(columns[3], words)));
    }
    return pairs;
  }

  /** How often each word occurs, at its place in {@code words}, which grows. */
  private static float[] counts(String sentence, List<String> words) {
    float[] counts = new float[WIDTH];
    for (String word : SPACE.split(sentence.strip())) {
      if (!words.contains(word)) {
        words.add(word);
      }
      counts[words.indexOf(word)]++;
    }
    return counts;
  }
}
