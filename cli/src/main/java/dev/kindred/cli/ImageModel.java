package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageEmbedder;
import dev.kindred.vision.data.Split;
import java.nio.file.Path;

/** A saved image encoder, and the sources that it embeds. */
final class ImageModel implements Model<Image> {
  private final ImageEmbedder embedder;
  private final int canvas;

  private ImageModel(ImageEmbedder embedder, int canvas) {
    this.embedder = embedder;
    this.canvas = canvas;
  }

  /** The same, refusing what only texts have. */
  static ImageModel load(Path folder, LongTextsOption longTexts) {
    longTexts.refuse(ImageTrainingOptions.DOMAIN);
    return load(folder);
  }

  /** Opens the encoder in {@code folder}. */
  static ImageModel load(Path folder) {
    return new ImageModel(ImageEmbedder.load(folder), canvas(folder));
  }

  /** The side to which images are shrunk before the encoder in {@code folder} sees them. */
  static int canvas(Path folder) {
    return SavedEncoder.manifest(folder).input().get("canvas") instanceof Integer side
        ? side
        : Integer.MAX_VALUE;
  }

  @Override
  public ImageEmbedder embedder() {
    return embedder;
  }

  @Override
  public Dataset<Image> labelled(String source, Split split, LabelledColumns columns) {
    columns.refuse();
    return open(source, split);
  }

  /** Opens a source as this encoder sees it. */
  Dataset<Image> open(String source, Split split) {
    return ImageData.open(source, split, canvas);
  }

  @Override
  public String noun() {
    return "images";
  }

  @Override
  public Embeddings embed(SourceOption source, Split usual) {
    source.refuseColumns(ImageTrainingOptions.DOMAIN);
    try (Dataset<Image> data = open(source.data(), source.split(usual))) {
      return embedder.embed(data);
    }
  }

  @Override
  public float[] query(String given) {
    return embedder.embed(Path.of(given));
  }

  @Override
  public String shown(Neighbour found) {
    return found.id();
  }

  @Override
  public void close() {
    embedder.close();
  }
}
