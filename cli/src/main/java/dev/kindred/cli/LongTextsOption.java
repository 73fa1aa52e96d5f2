package dev.kindred.cli;

import dev.kindred.text.LongTexts;
import dev.kindred.text.SentenceEmbedder;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of texts that are longer than an encoder takes. */
final class LongTextsOption {
  @Option(
      names = "--long",
      paramLabel = "cut|windows",
      description =
          "What becomes of a text longer than the encoder takes: it is cut, or the mean of windows"
              + " (what the encoder was saved to do).")
  private @Nullable LongTexts policy;

  boolean given() {
    return policy != null;
  }

  /** The encoder in {@code folder}, used so. */
  SentenceEmbedder load(Path folder) {
    return policy == null ? SentenceEmbedder.load(folder) : SentenceEmbedder.load(folder, policy);
  }

  /** Refuses the option for what knows no length. */
  void refuse(String domain) {
    if (policy != null) {
      throw new IllegalArgumentException(
          "--long is for texts, but this encoder is for %s; leave it out".formatted(domain));
    }
  }

  /** Says how many texts were longer than the encoder takes. */
  static void report(SentenceEmbedder embedder, PrintWriter out) {
    report(embedder.truncated(), "cut; --long windows reads all of them", out);
    report(embedder.windowed(), "read in windows", out);
  }

  private static void report(long texts, String how, PrintWriter out) {
    if (texts > 0) {
      out.println("%d texts were longer than the encoder takes, and were %s".formatted(texts, how));
    }
  }
}
