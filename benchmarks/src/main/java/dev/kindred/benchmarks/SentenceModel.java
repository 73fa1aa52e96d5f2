package dev.kindred.benchmarks;

import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.text.TextTransformer;
import dev.kindred.text.TextViews;
import dev.kindred.text.tokenizer.Tokenizer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An untrained transformer, saved into a temporary folder, which closing deletes. */
public final class SentenceModel implements AutoCloseable {
  private final Path temporary;
  private final Tokenizer tokenizer;
  private final int length;

  private SentenceModel(Path temporary, Tokenizer tokenizer, int length) {
    this.temporary = temporary;
    this.tokenizer = tokenizer;
    this.length = length;
  }

  /** Saves a network of that shape as a training does. */
  public static SentenceModel save(TransformerShape shape, Tokenizer tokenizer) {
    TextViews views = TextViews.plain(tokenizer, shape.length());
    try (InferenceModel<TextExample> model =
        InferenceModel.untrained(views, shape.encoder(tokenizer), 0)) {
      SentenceModel saved = new SentenceModel(temporary(), tokenizer, shape.length());
      SavedEncoder.save(model, manifest(views, shape.encoder(tokenizer)), saved.folder());
      return saved;
    }
  }

  /** The whole way from a text to its vector; the caller closes it. */
  public SentenceEmbedder embedder() {
    return SentenceEmbedder.load(folder());
  }

  /** The way from the pieces of {@code texts}, which are cut here; the caller closes it. */
  public Embedder<TextExample> ofPieces(List<String> texts) {
    TextViews host = TextViews.plain(new ReadyPieces(tokenizer, texts), length);
    return SavedEncoder.load(folder(), TextViews.DOMAIN, manifest -> host);
  }

  /** Where the network is. */
  public Path folder() {
    return temporary.resolve("encoder");
  }

  @Override
  public void close() {
    try (Stream<Path> inside = Files.walk(temporary)) {
      inside.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Manifest manifest(TextViews views, TextTransformer encoder) {
    return new Manifest(
        Manifest.FORMAT,
        TextViews.DOMAIN,
        encoder.dimension(),
        views.settings(),
        encoder.settings(),
        Map.of());
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("kindred-sentences");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
