package dev.kindred.text.corenlp;

import edu.stanford.nlp.tagger.maxent.MaxentTagger;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tagger that knows two sentences: enough to see what is built upon one, without the models. */
final class TinyTagger {
  private static final String CORPUS =
      """
      The_DT quick_JJ fox_NN went_VBD to_TO the_DT old_JJ city_NN of_IN Paris_NNP ._.
      She_PRP does_VBZ n't_RB really_RB like_VB the_DT seven_CD mice_NNS ._.
      """;

  private TinyTagger() {}

  /** Trains it into a file in {@code folder}. */
  static Path train(Path folder) throws Exception {
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), CORPUS.repeat(10));
    Path model = folder.resolve("tiny.tagger");
    MaxentTagger.main(
        new String[] {
          "-model",
          model.toString(),
          "-trainFile",
          corpus.toString(),
          "-arch",
          "words(-1,1),order(1),suffix(3)",
          "-tagSeparator",
          "_"
        });
    return model;
  }
}
