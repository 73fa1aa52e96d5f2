package dev.kindred.cli;

import dev.kindred.evaluation.HnswIndex;
import dev.kindred.evaluation.Retrieval;
import dev.kindred.evaluation.RetrievalMetric;
import dev.kindred.runtime.Json;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.data.Columns;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for texts by texts, or for what is of the same class. */
@Command(
    name = "retrieval",
    description = {
      "With --data, look for the answer to each query, by cosine among all answers, exactly. Equal",
      "queries are asked once, and all their answers are right; equal answers are one text of the",
      "corpus.",
      "Else look for what is of the same class: for each of --test among --train, or for each of",
      "--within among the others. recall@k is the share of queries with at least one right row",
      "among the k nearest."
    })
final class EvaluateRetrieval implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private EvaluationOptions options;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A .tsv or .jsonl table of queries and their right answers.")
  private @Nullable String data;

  @Option(
      names = "--corpus",
      paramLabel = "SRC",
      description =
          "With --data: more texts to look among, a file with one a line, a folder or a table.")
  private @Nullable String corpus;

  @Option(
      names = "--corpus-column",
      paramLabel = "NAME",
      description = "For --corpus that is a table: the column that holds the texts.")
  private @Nullable String corpusColumn;

  @Option(
      names = "--within",
      paramLabel = "X.npy|SRC",
      description =
          "Search one set by itself, each row without itself: vectors, or with --model a labelled"
              + " source.")
  private @Nullable String within;

  @Option(
      names = {"-k", "--k"},
      paramLabel = "N",
      split = ",",
      description = "How many of the nearest recall and precision look at (1,5,10).")
  private List<Integer> depths = RetrievalMetric.DEPTHS;

  @Option(
      names = "--allow-none",
      description = "Count queries of whose class nothing else is there, instead of refusing them.")
  private boolean allowNone;

  @Option(
      names = "--approximate",
      description = "Also print how often HNSW finds the nearest, and how quick both are.")
  private boolean approximate;

  @Option(
      names = "--ef",
      paramLabel = "N",
      description = "With --approximate: how many candidates a search keeps (${DEFAULT-VALUE}).")
  private int ef = HnswIndex.DEFAULT_EF;

  @Override
  public Integer call() {
    check();
    if (data != null) {
      answers(data);
    } else {
      classes();
    }
    return 0;
  }

  private void answers(String table) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> columns = columns();
    if (options.model == null) {
      throw new IllegalArgumentException("--model must be given with --data: a text encoder");
    }
    try (SentenceEmbedder embedder = options.longTexts.load(ModelOption.resolve(options.model))) {
      RetrievalTexts texts = new RetrievalTexts();
      if (corpus != null) {
        texts.addCorpus(corpus, corpusColumn == null ? Columns.none() : Columns.of(corpusColumn));
      }
      texts.addPairs(
          table, columns == null ? Columns.none() : Columns.of(columns.toArray(String[]::new)));
      Retrieval result = texts.measure(embedder);
      result.lines().forEach(out::println);
      LongTextsOption.report(embedder, out);
      print(result.toMap(), embedder.dimension());
    }
  }

  private void classes() {
    PrintWriter out = spec.commandLine().getOut();
    LabelledRetrieval sets =
        within == null
            ? LabelledRetrieval.between(options.parts(out))
            : LabelledRetrieval.within(within, options, out);
    Retrieval result = sets.measure(RetrievalMetric.all(depths), allowNone);
    result.lines().forEach(out::println);
    Map<String, Object> line = result.toMap();
    if (approximate) {
      int k = depths.stream().mapToInt(Integer::intValue).max().orElseThrow();
      line.put("approximate", sets.compare(k, ef, out).toMap());
    }
    print(line, sets.bank().dimension());
  }

  private void print(Map<String, Object> result, int dimension) {
    if (options.json) {
      Map<String, Object> line = new LinkedHashMap<>(result);
      line.put("measure", "retrieval");
      line.put("dimension", dimension);
      spec.commandLine().getOut().println(Json.line(line));
    }
  }

  private @Nullable List<String> columns() {
    List<String> columns = options.columns.unlabelled();
    if (columns != null && columns.size() != 2) {
      throw new IllegalArgumentException(
          "--column must name two columns, of queries and of answers, was "
              + String.join(",", columns));
    }
    return columns;
  }

  private void check() {
    int ways = (data == null ? 0 : 1) + (within == null ? 0 : 1) + (options.partsGiven() ? 1 : 0);
    if (ways != 1) {
      throw new IllegalArgumentException(
          "give one of --data with --model, --within, --train and --test with --model, and --train-embeddings with --test-embeddings");
    }
    if (data == null && corpus != null) {
      throw new IllegalArgumentException("--corpus is for --data; leave it out");
    }
    if (corpus == null && corpusColumn != null) {
      throw new IllegalArgumentException("--corpus-column is for --corpus; leave it out");
    }
    if (data != null && (allowNone || approximate || !depths.equals(RetrievalMetric.DEPTHS))) {
      throw new IllegalArgumentException(
          "-k, --allow-none and --approximate are for classes, not for --data; leave them out");
    }
  }
}
