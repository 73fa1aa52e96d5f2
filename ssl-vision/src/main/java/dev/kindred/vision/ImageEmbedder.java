package dev.kindred.vision;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import java.nio.file.Path;
import java.util.List;

/**
 * A saved image encoder in use: pictures in, representations out. The preprocessing it was trained
 * with comes with it. Safe for use from several threads at once; close it when done.
 *
 * <pre>{@code
 * try (ImageEmbedder embedder = ImageEmbedder.load(Path.of("runs/photos/encoder"))) {
 *   float[] v = embedder.embed(Path.of("cat.jpg"));
 * }
 * }</pre>
 */
public final class ImageEmbedder implements Embedder<Image> {
  private final Embedder<Image> delegate;
  private final ImageDecoder decoder;

  private ImageEmbedder(Embedder<Image> delegate, int canvas) {
    this.delegate = delegate;
    this.decoder = ImageDecoder.defaults().maxSide(canvas);
  }

  /**
   * Opens the encoder saved in {@code folder}, such as {@code RUN/encoder}.
   *
   * @throws dev.kindred.runtime.KindredException if it holds no encoder, one of another domain or
   *     version, or a damaged one
   */
  public static ImageEmbedder load(Path folder) {
    Embedder<Image> delegate = SavedEncoder.load(folder, ImageViews.DOMAIN, ImageEmbedder::views);
    return new ImageEmbedder(delegate, views(SavedEncoder.manifest(folder)).canvas());
  }

  private static ImageViews views(Manifest manifest) {
    return ImageViews.fromSettings(manifest.input());
  }

  /**
   * What decodes pictures for this encoder: no larger than it looks at them, which is what {@code
   * kindred embed} does too.
   */
  public ImageDecoder decoder() {
    return decoder;
  }

  @Override
  public int dimension() {
    return delegate.dimension();
  }

  /**
   * The representation of the picture in {@code file}.
   *
   * @throws dev.kindred.data.CorruptExampleException if it cannot be read
   */
  public float[] embed(Path file) {
    return embed(Image.read(file));
  }

  /** The representation of one picture. */
  public float[] embed(Image image) {
    return embed(List.of(image))[0];
  }

  @Override
  public float[][] embed(List<Image> images) {
    return delegate.embed(images);
  }

  @Override
  public Embeddings embed(Dataset<Image> images) {
    return delegate.embed(images);
  }

  @Override
  public void close() {
    delegate.close();
  }
}
