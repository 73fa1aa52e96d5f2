package dev.kindred.cli;

import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.ExactSearch;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.GeneratedParaphrases;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Shows the whole way on generated sentences.
 *
 * @param quick whether to train for seconds only
 * @param seed what everything random starts from
 */
record TextDemo(boolean quick, long seed) {
  private static final int SEARCHED = 500;
  private static final int SHOWN = 3;

  /** Trains, searches, and prints. */
  int run(Path folder, PrintWriter terminal) {
    try (TextTraining training = TextTraining.resolve(options())) {
      introduce(training, terminal);
      int code =
          TrainingRun.execute(training.pretraining().out(folder), Pretraining::run, terminal);
      compare(new RunFolder(folder), terminal);
      return code;
    }
  }

  private TextTrainingOptions options() {
    TextTrainingOptions options = new TextTrainingOptions();
    options.data = quick ? "paraphrases:2000" : "paraphrases:40000";
    options.dimension = 128;
    options.vocabulary = 4000;
    options.epochs = quick ? 1 : 4;
    options.batchSize = 256;
    options.lr = 0.003f;
    options.seed = seed;
    return options;
  }

  private static void introduce(TextTraining training, PrintWriter terminal) {
    TextExample example = training.data().get(0);
    terminal.println(
        """
        Writing %d pairs of sentences that say the same in other words, such as
          %s
          %s
        and training a bag of letter runs on them by SimCSE: each sentence is to find its partner
        among those of its batch. The settings, which are options of kindred pretrain text:
        """
            .formatted(training.data().size(), example.parts().get(0), example.parts().get(1))
            .strip());
    terminal.println(training.options().summary());
  }

  /** Sentences of new meanings look for their partners. */
  private void compare(RunFolder run, PrintWriter terminal) {
    GeneratedParaphrases unseen = GeneratedParaphrases.heldOut(SEARCHED, seed);
    List<String> queries = part(unseen, 0);
    List<String> texts = part(unseen, 1);
    WordCounts counts = WordCounts.of(queries, texts);
    try (SentenceEmbedder embedder = SentenceEmbedder.load(run.encoder());
        ExactSearch byMeaning = search(embedder.embedTexts(texts));
        ExactSearch byWords = search(texts.stream().map(counts::vector).toArray(float[][]::new))) {
      int[] meaning = nearest(byMeaning, embedder.embedTexts(queries));
      int[] words = nearest(byWords, queries.stream().map(counts::vector).toArray(float[][]::new));
      terminal.println(
          "\n%d sentences of meanings that the training never had, each to be found by its other wording:"
              .formatted(SEARCHED));
      terminal.println(line("the encoder finds", found(unseen, meaning)));
      terminal.println(line("a bag of words finds", found(unseen, words)));
      for (int i = 0; i < SHOWN; i++) {
        terminal.println("\nlooking for  " + queries.get(i));
        terminal.println("  the encoder   " + texts.get(meaning[i]));
        terminal.println("  bag of words  " + texts.get(words[i]));
      }
    }
  }

  /** The row of the bank that is nearest to each query. */
  private static int[] nearest(ExactSearch bank, float[][] queries) {
    return Arrays.stream(queries).mapToInt(query -> bank.nearest(query, 1).get(0).row()).toArray();
  }

  /** The share of queries whose nearest says the same. */
  private static double found(GeneratedParaphrases unseen, int[] nearest) {
    return IntStream.range(0, nearest.length).filter(i -> unseen.same(i, nearest[i])).count()
        / (double) nearest.length;
  }

  private static String line(String who, double share) {
    return String.format(Locale.ROOT, "  %-20s  %5.1f %% at the first place", who, 100 * share);
  }

  private static List<String> part(GeneratedParaphrases examples, int part) {
    return IntStream.range(0, examples.size())
        .mapToObj(i -> examples.get(i).parts().get(part))
        .toList();
  }

  private static ExactSearch search(float[][] vectors) {
    List<String> ids = IntStream.range(0, vectors.length).mapToObj(String::valueOf).toList();
    return new ExactSearch(Embeddings.of(ids, vectors));
  }
}
