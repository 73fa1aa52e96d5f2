package dev.kindred.text;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.List;

/**
 * A saved text encoder in use: sentences in, vectors out. Its tokenizer and its pooling come with
 * it. Texts of like length share a batch, so that little is padding. Safe for use from several
 * threads at once; close it when done.
 *
 * <pre>{@code
 * try (SentenceEmbedder embedder = SentenceEmbedder.load(Path.of("runs/text/encoder"))) {
 *   float[] v = embedder.embed("A plane is taking off.");
 * }
 * }</pre>
 */
public final class SentenceEmbedder implements Embedder<TextExample> {
  private final Embedder<TextExample> delegate;
  private final TextViews host;

  private SentenceEmbedder(Embedder<TextExample> delegate, TextViews host) {
    this.delegate = delegate;
    this.host = host;
  }

  /**
   * Opens the encoder saved in {@code folder}, such as {@code RUN/encoder}.
   *
   * @throws KindredException if it holds no encoder, one of another domain or version, a tokenizer
   *     that is not the encoder's, or something damaged
   */
  public static SentenceEmbedder load(Path folder) {
    TextViews[] host = new TextViews[1];
    Embedder<TextExample> delegate =
        SavedEncoder.load(
            folder,
            TextViews.DOMAIN,
            manifest -> {
              host[0] = host(folder, manifest);
              return host[0];
            });
    return new SentenceEmbedder(delegate, host[0]);
  }

  @Override
  public int dimension() {
    return delegate.dimension();
  }

  /** The vector of one text. */
  public float[] embed(String text) {
    return embedTexts(List.of(text))[0];
  }

  /** The vectors of texts, in their order: {@code [texts.size()][dimension()]}. */
  public float[][] embedTexts(List<String> texts) {
    return embed(texts.stream().map(TextExample::of).toList());
  }

  @Override
  public float[][] embed(List<TextExample> texts) {
    LengthOrder order = LengthOrder.of(texts);
    return order.restored(delegate.embed(order.sorted(texts)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Each text is read twice: once to find those of like length.
   */
  @Override
  public Embeddings embed(Dataset<TextExample> texts) {
    LengthOrder order = LengthOrder.of(texts);
    return order.restored(delegate.embed(texts.subset(order.rows())), texts);
  }

  /** The number of texts so far that were longer than the encoder takes, and were cut. */
  public long truncated() {
    return host.truncated();
  }

  @Override
  public void close() {
    delegate.close();
  }

  /** What packs texts for the encoder saved in {@code folder}. */
  static TextViews host(Path folder, Manifest manifest) {
    Path file = folder.resolve(Tokenizer.FILE);
    Tokenizer tokenizer = Tokenizers.read(file);
    int length = number(folder, manifest, "length");
    int vocabulary = number(folder, manifest, "vocabulary");
    if (tokenizer.size() != vocabulary) {
      throw new KindredException(
          "%s: must have the %d pieces that the encoder was trained with, has %d; copy the file of that run"
              .formatted(file, vocabulary, tokenizer.size()));
    }
    if (!TextPacker.fingerprint(tokenizer).equals(manifest.input().get(TextPacker.FINGERPRINT))) {
      throw new KindredException(
          "%s: must have the pieces that the encoder was trained with, has %d others; copy the file of that run"
              .formatted(file, vocabulary));
    }
    return TextViews.plain(tokenizer, length);
  }

  private static int number(Path folder, Manifest manifest, String name) {
    if (manifest.input().get(name) instanceof Integer value) {
      return value;
    }
    throw new KindredException(
        "%s: the input's %s must be a number, was %s; save the encoder again"
            .formatted(folder.resolve(SavedEncoder.MANIFEST), name, manifest.input().get(name)));
  }
}
