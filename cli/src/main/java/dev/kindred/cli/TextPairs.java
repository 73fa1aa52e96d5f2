package dev.kindred.cli;

import dev.kindred.evaluation.ScoredPair;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.StsFile;
import java.nio.file.Path;
import java.util.List;

/** Files of scored pairs, for measures that know nothing of text. */
final class TextPairs {
  private TextPairs() {}

  /** Reads an STS file. */
  static List<ScoredPair<TextExample>> read(Path file) {
    return StsFile.read(file).stream()
        .map(
            pair ->
                new ScoredPair<>(
                    pair.subset(),
                    pair.score(),
                    TextExample.of(pair.first()),
                    TextExample.of(pair.second())))
        .toList();
  }
}
