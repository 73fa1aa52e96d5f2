package dev.kindred.cli;

import dev.kindred.embedding.Embedder;
import dev.kindred.evaluation.PairSimilarity;
import dev.kindred.evaluation.ScoredPair;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.SentencePair;
import dev.kindred.text.data.StsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Files of scored pairs, for measures that know nothing of text. */
final class TextPairs {
  private TextPairs() {}

  /** Reads an STS file. */
  static List<ScoredPair<TextExample>> read(Path file) {
    List<SentencePair> pairs = StsFile.read(file);
    return IntStream.range(0, pairs.size())
        .mapToObj(row -> scored(row + 1, pairs.get(row)))
        .toList();
  }

  /**
   * Compares the pairs of a file.
   *
   * @throws KindredException naming the file, if they cannot be compared
   */
  static PairSimilarity compare(
      Path file, Embedder<TextExample> embedder, List<ScoredPair<TextExample>> pairs) {
    try {
      return PairSimilarity.of(embedder, pairs);
    } catch (KindredException e) {
      throw new KindredException(file + ": " + e.getMessage(), e);
    }
  }

  private static ScoredPair<TextExample> scored(int row, SentencePair pair) {
    return new ScoredPair<>(
        "pair " + row,
        pair.subset(),
        pair.score(),
        TextExample.of(pair.first()),
        TextExample.of(pair.second()));
  }
}
