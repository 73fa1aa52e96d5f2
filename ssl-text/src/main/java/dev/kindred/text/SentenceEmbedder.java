package dev.kindred.text;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.Tokenizers;
import dev.kindred.text.tokenizer.WordSplitter;
import java.nio.file.Path;
import java.util.Arrays;
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
   * Opens the encoder saved in {@code folder}, such as {@code RUN/encoder}; it does with long texts
   * what it was saved to do.
   *
   * @throws KindredException if it holds no encoder, one of another domain or version, a tokenizer
   *     that is not the encoder's or needs a {@link WordSplitter}, or something damaged
   */
  public static SentenceEmbedder load(Path folder) {
    Manifest manifest = SavedEncoder.manifest(folder, TextViews.DOMAIN);
    return open(folder, host(folder, manifest));
  }

  /**
   * The same, with another way with long texts.
   *
   * @throws KindredException as {@link #load(Path)}
   */
  public static SentenceEmbedder load(Path folder, LongTexts policy) {
    Manifest manifest = SavedEncoder.manifest(folder, TextViews.DOMAIN);
    return open(folder, host(folder, manifest).with(policy));
  }

  /**
   * The same for an encoder whose words a program cuts.
   *
   * @param words what cut them for the training
   * @throws KindredException as {@link #load(Path)}, and if the encoder needs no splitter, or not
   *     this one
   */
  public static SentenceEmbedder load(Path folder, WordSplitter words) {
    Manifest manifest = SavedEncoder.manifest(folder, TextViews.DOMAIN);
    return open(
        folder, host(folder, manifest, Tokenizers.read(folder.resolve(Tokenizer.FILE), words)));
  }

  private static SentenceEmbedder open(Path folder, TextViews host) {
    return new SentenceEmbedder(
        host.longTexts() == LongTexts.CUT
            ? SavedEncoder.load(folder, TextViews.DOMAIN, manifest -> host)
            : new WindowedEmbedder(
                SavedEncoder.load(
                    folder, TextViews.DOMAIN, manifest -> new EncodedViews(host.packer())),
                host.packer()),
        host);
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

  /** The number of texts so far that were longer than that, and were read in windows. */
  public long windowed() {
    return host.packer().windowed();
  }

  /** What becomes of texts that are longer than the encoder takes. */
  public LongTexts longTexts() {
    return host.longTexts();
  }

  @Override
  public void close() {
    delegate.close();
  }

  /** What packs texts for the encoder saved in {@code folder}. */
  static TextViews host(Path folder, Manifest manifest) {
    return host(folder, manifest, Tokenizers.read(folder.resolve(Tokenizer.FILE)));
  }

  private static TextViews host(Path folder, Manifest manifest, Tokenizer tokenizer) {
    Path file = folder.resolve(Tokenizer.FILE);
    int length = number(folder, manifest, "length", TextPacker.SHORTEST);
    int vocabulary = number(folder, manifest, "vocabulary", 1);
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
    return TextViews.plain(tokenizer, length).with(longTexts(folder, manifest));
  }

  /** Encoders that were saved before there was a choice cut. */
  private static LongTexts longTexts(Path folder, Manifest manifest) {
    Object saved = manifest.input().getOrDefault(TextPacker.LONG_TEXTS, LongTexts.CUT.label());
    return Arrays.stream(LongTexts.values())
        .filter(policy -> policy.label().equals(saved))
        .findFirst()
        .orElseThrow(
            () ->
                new KindredException(
                    "%s: the input's %s must be cut or windows, was %s; save the encoder again"
                        .formatted(
                            folder.resolve(SavedEncoder.MANIFEST), TextPacker.LONG_TEXTS, saved)));
  }

  private static int number(Path folder, Manifest manifest, String name, int least) {
    if (manifest.input().get(name) instanceof Integer value && value >= least) {
      return value;
    }
    throw new KindredException(
        "%s: the input's %s must be a number >= %d, was %s; save the encoder again"
            .formatted(
                folder.resolve(SavedEncoder.MANIFEST), name, least, manifest.input().get(name)));
  }
}
