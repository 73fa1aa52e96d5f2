package dev.kindred.cli;

import dev.kindred.evaluation.Retrieval;
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

/** Looks for texts by texts. */
@Command(
    name = "retrieval",
    description = {
      "Look for the answer to each query, by cosine among all answers, exactly. Equal queries are",
      "asked once, and all their answers are right; equal answers are one text of the corpus."
    })
final class EvaluateRetrieval implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private LongTextsOption longTexts;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "A .tsv or .jsonl table of queries and their right answers.")
  private String data;

  @Option(
      names = "--column",
      paramLabel = "QUERY,ANSWER",
      split = ",",
      description = "The columns of the queries and of the answers.")
  private @Nullable List<String> columns;

  @Option(
      names = "--corpus",
      paramLabel = "SRC",
      description = "More texts to look among: a file with one a line, a folder or a table.")
  private @Nullable String corpus;

  @Option(
      names = "--corpus-column",
      paramLabel = "NAME",
      description = "For --corpus that is a table: the column that holds the texts.")
  private @Nullable String corpusColumn;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    check();
    try (SentenceEmbedder embedder = longTexts.load(model.folder())) {
      RetrievalTexts texts = new RetrievalTexts();
      if (corpus != null) {
        texts.addCorpus(corpus, corpusColumn == null ? Columns.none() : Columns.of(corpusColumn));
      }
      texts.addPairs(
          data, columns == null ? Columns.none() : Columns.of(columns.toArray(String[]::new)));
      Retrieval result = texts.measure(embedder);
      result.lines().forEach(out::println);
      LongTextsOption.report(embedder, out);
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>(result.toMap());
        line.put("measure", "retrieval");
        line.put("dimension", embedder.dimension());
        out.println(Json.line(line));
      }
    }
    return 0;
  }

  private void check() {
    if (columns != null && columns.size() != 2) {
      throw new IllegalArgumentException(
          "--column must name two columns, of queries and of answers, was "
              + String.join(",", columns));
    }
    if (corpus == null && corpusColumn != null) {
      throw new IllegalArgumentException("--corpus-column is for --corpus; leave it out");
    }
  }
}
