package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.TextSources;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A saved text encoder, and the sources that it embeds. */
final class TextModel implements Model<TextExample> {
  private final SentenceEmbedder embedder;
  private @Nullable Dataset<TextExample> embedded;

  /**
   * @param embedder closed by this
   */
  TextModel(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public SentenceEmbedder embedder() {
    return embedder;
  }

  @Override
  public Dataset<TextExample> labelled(String source, Split split, LabelledColumns columns) {
    return columns.open(source, 1);
  }

  @Override
  public String noun() {
    return "texts";
  }

  @Override
  public Embeddings embed(SourceOption source, Split usual) {
    closeSource();
    embedded = TextSources.open(source.data(), source.columns());
    return embedder.embed(embedded);
  }

  @Override
  public float[] query(String given) {
    return embedder.embed(given);
  }

  @Override
  public void report(PrintWriter out) {
    LongTextsOption.report(embedder, out);
  }

  @Override
  public String shown(Neighbour found) {
    return embedded == null
        ? found.id()
        : found.id() + "  " + embedded.get(found.row()).parts().get(0);
  }

  @Override
  public void close() {
    closeSource();
    embedder.close();
  }

  private void closeSource() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
