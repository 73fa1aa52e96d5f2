package dev.kindred.benchmarks;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.Require;
import dev.kindred.text.TextExample;
import dev.kindred.text.TextViews;
import dev.kindred.text.Tokens;
import dev.kindred.text.data.Columns;
import dev.kindred.text.data.TextSources;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.train.TrainingStep;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What tokenising and feeding cost: training on a corpus as it is done ({@code pipeline}), beside
 * the same steps on batches that are ready ({@code ready}) and packing alone ({@code pack}); the
 * last line tells what share of a ready step packing takes.
 */
@Command(name = "text")
public final class TextRace implements Runnable {
  /** How many texts tell the length of all. */
  private static final int SAMPLE = 10_000;

  @Parameters(paramLabel = "CORPUS")
  private String corpus = "";

  @Option(names = "--encoder", split = ",", paramLabel = "transformer|static")
  private List<TextRecipe> recipes = List.of(TextRecipe.values());

  @Option(names = "--batch", paramLabel = "TEXTS")
  private @Nullable Integer batch;

  @Option(names = "--first", paramLabel = "TEXTS")
  private @Nullable Integer first;

  @Option(names = "--steps", paramLabel = "STEPS_A_ROUND")
  private int steps = 20;

  @Option(names = "--rounds")
  private int rounds = 5;

  private final PrintStream out = System.out;

  private TextRace() {}

  /** Runs the races; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new TextRace(), arguments));
  }

  @Override
  public void run() {
    Require.atLeastOne("--steps", steps);
    Require.atLeastOne("--rounds", rounds);
    Require.atLeastOne("--batch", batch == null ? 1 : batch);
    Require.atLeastOne("--first", first == null ? 1 : first);
    out.println(Machine.describe());
    try (Dataset<TextExample> all = TextSources.open(corpus, Columns.none())) {
      Dataset<TextExample> texts = first == null ? all : all.first(first);
      recipes.forEach(recipe -> race(recipe, texts));
    }
  }

  private void race(TextRecipe recipe, Dataset<TextExample> texts) {
    int size = batch == null ? recipe.batch() : batch;
    Tokenizer tokenizer = recipe.tokenizer(texts(texts));
    TextViews views = recipe.views(tokenizer);
    double pieces = pieces(recipe, texts, tokenizer);
    out.printf(
        Locale.ROOT,
        "SimCSE, %s, on %d texts of %s, vocabulary of %d, batch %d, %.1f pieces a text, %d steps a round%n",
        recipe.name().toLowerCase(Locale.ROOT),
        texts.size(),
        texts.description(),
        tokenizer.size(),
        size,
        pieces,
        steps);
    try (TrainingStep<TextExample, Tokens> step = recipe.step(views, tokenizer)) {
      List<Contestant> contestants =
          List.of(
              new WholePipeline<>(texts, views, step, TextRecipe::point, size, steps),
              new ReadyBatches<>(texts, views, step, TextRecipe::point, size, steps),
              new Packing<>(texts, views, size, steps));
      double[] medians = new Race("texts/s", contestants, rounds).run(out);
      out.printf(
          Locale.ROOT,
          "%.0f tokens/s, each of two views counted; packing is %.1f %% of a ready step%n",
          2 * pieces * medians[0],
          100 * medians[1] / medians[2]);
    }
  }

  private static Stream<String> texts(Dataset<TextExample> texts) {
    return IntStream.range(0, texts.size()).mapToObj(i -> texts.get(i).parts().get(0));
  }

  /** The mean number of pieces of a text, as far as they are used. */
  private static double pieces(TextRecipe recipe, Dataset<TextExample> texts, Tokenizer tokenizer) {
    return texts(texts)
        .limit(SAMPLE)
        .mapToInt(text -> Math.min(recipe.length(), tokenizer.encode(text).length()))
        .average()
        .orElseThrow();
  }
}
