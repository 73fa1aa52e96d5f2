package dev.kindred.cli;

import dev.kindred.nn.TransformerBlock;
import dev.kindred.text.LongTexts;
import dev.kindred.text.TextTransformer;
import dev.kindred.text.TokenPooling;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What defines a training on texts; {@link TextTraining} settles it. */
final class TextTrainingOptions extends TrainingOptions {
  /** What is trained on. */
  static final String DOMAIN = "texts";

  @Option(
      names = "--data",
      paramLabel = "SRC",
      description =
          "A text file with a sentence a line, a folder of .txt files, or a .tsv or .jsonl table;"
              + " .gz or not; or tar:GLOB (WebDataset shards of .txt). Required.")
  @Nullable String data;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      split = ",",
      description =
          "For a table: the column of the texts; two make pairs that belong together, three anchors,"
              + " positives and hard negatives.")
  @Nullable List<String> columns;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description =
          "For a table: the column of the scores (graded-pairs) or of the classes (supcon).")
  @Nullable String label;

  @Option(
      names = "--documents",
      paramLabel = "sentences|pairs|whole",
      description =
          "For a folder: what of its documents is an example; pairs are of a sentence and the next"
              + " one (sentences).")
  @Nullable Part documents;

  @Option(
      names = "--corpus",
      paramLabel = "SRC",
      description =
          "More texts of the language than the examples are, one a line or a folder of .txt files:"
              + " tokenizer and weights of rarity are made of these (of --data).")
  @Nullable String corpus;

  @Option(
      names = "--tokenizer",
      paramLabel = "PATH|KIND",
      description =
          "A tokenizer.json or vocab.txt; or word-piece, byte-pairs or letter-grams, made of the"
              + " texts. Unless given letter-grams for static, word-piece for transformer.")
  @Nullable String tokenizer;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "The pieces of a tokenizer that is made (80000 for letter-grams, else 16000).")
  @Nullable Integer vocabulary;

  @Option(
      names = "--length",
      paramLabel = "N",
      description =
          "The most pieces of a text (512 for letter-grams, else 64); the rest is cut while training.")
  @Nullable Integer length;

  @Option(
      names = "--room",
      paramLabel = "N",
      description =
          "The most pieces of a text that its views are taken of, at least --length (four times"
              + " that for --documents whole, else --length).")
  @Nullable Integer room;

  @Option(
      names = "--long",
      paramLabel = "cut|windows",
      description =
          "What the saved encoder does with longer texts: cut them, or take the mean of windows (cut);"
              + " training cuts.")
  LongTexts longTexts = LongTexts.CUT;

  @Option(names = "--encoder", paramLabel = "NAME", description = "See kindred encoders (static).")
  String encoder = "static";

  @Option(
      names = "--init",
      paramLabel = "DIR",
      description =
          "Start from a BERT in a folder of Hugging Face's libraries, with its tokenizer and its size.")
  @Nullable String init;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      description =
          "The width of a representation (for static 1280, of pairs and triplets 1024; for transformer"
              + " 256).")
  @Nullable Integer dimension;

  @Option(
      names = "--fixed",
      paramLabel = "N",
      description =
          "For static: how many of its numbers stay random (four fifths; 0 for pairs and triplets).")
  @Nullable Integer fixed;

  @Option(
      names = "--share",
      paramLabel = "X",
      description = "For static: how much of a cosine the others make up beside fixed ones (0.3).")
  @Nullable Double share;

  @Option(
      names = "--repeats",
      paramLabel = "X",
      description =
          "For static: what is in a text c times counts as much as c^X times; 0 once, 1 each time (0).")
  @Nullable Double repeats;

  @Option(names = "--depth", paramLabel = "N", description = "For transformer: its blocks (4).")
  @Nullable Integer depth;

  @Option(names = "--heads", paramLabel = "N", description = "For transformer: per block (4).")
  @Nullable Integer heads;

  @Option(
      names = "--norm",
      paramLabel = "pre_norm|post_norm",
      description = "For transformer: where a block normalises (pre_norm).")
  TransformerBlock.@Nullable Order norm;

  @Option(
      names = "--positions",
      paramLabel = "learned|rotary",
      description = "For transformer: how it knows of order (learned).")
  TextTransformer.@Nullable Positions positions;

  @Option(
      names = "--pooling",
      paramLabel = "mean|weighted_mean|first|max",
      description = "For transformer: what becomes of the pieces' vectors (weighted_mean).")
  @Nullable TokenPooling pooling;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description = "In the network while training (0 for static, 0.1 for transformer).")
  @Nullable Double dropout;

  @Option(
      names = "--token-cutoff",
      paramLabel = "X",
      description = "The share of pieces whose vectors are dropped while training (0).")
  double tokenCutoff;

  @Option(
      names = "--feature-cutoff",
      paramLabel = "X",
      description = "The share of a text's numbers that are dropped while training (0).")
  double featureCutoff;

  @Option(
      names = "--views",
      paramLabel = "NAME",
      description =
          "same (dropout alone tells them apart), deletion, span, repetition, shuffle or mask, joined"
              + " by + for several; two with a comma between for views that differ; surroundings (a"
              + " word, and the words around it) makes both. Pairs and"
              + " triplets are views as they are (surroundings for static, same for transformer;"
              + " deletion,same for tsdae; span for --documents whole).")
  @Nullable String views;

  @Option(
      names = "--rate",
      paramLabel = "X",
      split = ",",
      description =
          "How much the views change, a number for each change in its order; unless given what"
              + " their paper has.")
  @Nullable List<Double> rate;

  @Option(
      names = "--masked-weight",
      paramLabel = "X",
      description =
          "For transformer: what finding out hidden pieces counts beside the method; not done"
              + " unless given, SimCSE's is 0.1.")
  @Nullable Double maskedWeight;

  @Option(
      names = "--masked-rate",
      paramLabel = "X",
      description = "For --masked-weight: the share of pieces that are hidden (0.15).")
  @Nullable Double maskedRate;

  @Option(
      names = "--sts",
      paramLabel = "FILE",
      description = "A table of scored pairs to measure on after each epoch, such as STS-B's dev.")
  @Nullable String sts;

  /** What of a document is an example. */
  enum Part {
    SENTENCES,
    PAIRS,
    WHOLE
  }

  TextTrainingOptions() {
    super(MethodChoice.SIMCSE, "adamw");
    batchSize = 512;
    epochs = 1;
  }

  @Override
  String domain() {
    return DOMAIN;
  }

  @Override
  @Nullable Integer heads() {
    return heads;
  }
}
