package dev.kindred.benchmarks;

import dev.kindred.embedding.Embedder;
import dev.kindred.text.TextExample;
import java.util.List;

/**
 * Embeds sentences, so many at a call. Its figure is sentences a second.
 *
 * @param embedder stays the caller's
 */
public record EmbeddedSentences(
    String name, Embedder<TextExample> embedder, List<TextExample> sentences, int batch)
    implements Contestant {
  @Override
  public double measure() {
    return sentences.size() / Contestant.seconds(this::round);
  }

  private void round() {
    for (int first = 0; first < sentences.size(); first += batch) {
      embedder.embed(sentences.subList(first, Math.min(first + batch, sentences.size())));
    }
  }
}
