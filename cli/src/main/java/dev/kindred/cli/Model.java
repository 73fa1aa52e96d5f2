package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.rl.ObservationViews;
import dev.kindred.text.TextViews;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * A saved encoder of any kind, and the sources that it embeds.
 *
 * @param <E> an example
 */
interface Model<E> extends AutoCloseable {
  /** Opens the encoder in {@code folder}. */
  static Model<?> load(Path folder, LongTextsOption longTexts) {
    return switch (SavedEncoder.manifest(folder).domain()) {
      case TextViews.DOMAIN -> new TextModel(longTexts.load(folder));
      case ObservationViews.DOMAIN -> ObservationModel.load(folder, longTexts);
      default -> ImageModel.load(folder, longTexts);
    };
  }

  /** What it embeds, in the plural. */
  String noun();

  /** The encoder. */
  Embedder<E> embedder();

  /**
   * Opens a source of labelled examples, which the caller closes.
   *
   * @param split the part of it, where it has parts
   */
  Dataset<E> labelled(String source, Split split, LabelledColumns columns);

  /**
   * Embeds a source.
   *
   * @param usual the part of it unless told, where it has parts
   */
  Embeddings embed(SourceOption source, Split usual);

  /** The vector of what is looked for. */
  float[] query(String given);

  /** Says what is worth knowing of what was embedded; nothing unless there is something. */
  default void report(PrintWriter out) {}

  /** What a person sees of something that was found in the source that was embedded last. */
  String shown(Neighbour found);

  @Override
  void close();
}
