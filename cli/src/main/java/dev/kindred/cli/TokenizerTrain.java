package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.Names;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.TextSources;
import dev.kindred.text.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a tokenizer of a corpus. */
@Command(
    name = "train",
    description = {
      "Make a tokenizer of a corpus, and write it as a tokenizer.json, which Hugging Face's libraries",
      "read too (but for letter-grams)."
    })
final class TokenizerTrain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SourceOption source;

  @Option(
      names = "--kind",
      paramLabel = "word-piece|byte-pairs|letter-grams",
      description = "What kind (${DEFAULT-VALUE}).")
  private String kind = TokenizerChoice.WORD_PIECE;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "The most pieces (${DEFAULT-VALUE}).")
  private int vocabulary = 30_000;

  @Option(
      names = "--out",
      paramLabel = "FILE.json",
      required = true,
      description = "The file to write; one that is there is replaced.")
  private Path out;

  @Override
  public Integer call() {
    if (!TokenizerChoice.isMade(kind)) {
      throw new IllegalArgumentException(
          Names.unknown("kind of tokenizer", kind, TokenizerChoice.MADE));
    }
    try (Dataset<TextExample> texts = TextSources.open(source.data(), source.columns())) {
      Tokenizer tokenizer = TokenizerChoice.open(kind, vocabulary, () -> TextTraining.texts(texts));
      tokenizer.write(out);
      spec.commandLine()
          .getOut()
          .println("%d pieces of %d texts: %s".formatted(tokenizer.size(), texts.size(), out));
    }
    return 0;
  }
}
