package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Retrieval;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.Columns;
import dev.kindred.text.data.TextSources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Queries, a corpus, and which text of it answers which query; equal texts are one. */
final class RetrievalTexts {
  private final Map<String, Integer> corpus = new LinkedHashMap<>();
  private final Map<String, List<Integer>> answers = new LinkedHashMap<>();

  /**
   * Adds texts to look among. Of equally near texts the first that was added is found first: add
   * these before the answers, so that an encoder to which all texts are alike finds no answer.
   */
  void addCorpus(String source, Columns columns) {
    try (Dataset<TextExample> texts = TextSources.open(source, columns)) {
      for (int i = 0; i < texts.size(); i++) {
        place(texts.get(i).parts().get(0));
      }
    }
  }

  /**
   * Adds queries and their answers.
   *
   * @throws KindredException if it holds no pairs
   */
  void addPairs(String source, Columns columns) {
    try (Dataset<TextExample> pairs = TextSources.open(source, columns)) {
      for (int i = 0; i < pairs.size(); i++) {
        List<String> pair = pairs.get(i).parts();
        if (pair.size() != 2) {
          throw new KindredException(
              "%s: must hold pairs of a query and its answer; give a .tsv or .jsonl table, and two columns by --column"
                  .formatted(source));
        }
        answers.computeIfAbsent(pair.get(0), query -> new ArrayList<>()).add(place(pair.get(1)));
      }
    }
  }

  Retrieval measure(SentenceEmbedder embedder) {
    return Retrieval.of(
        embedded(embedder, "query ", List.copyOf(answers.keySet())),
        embedded(embedder, "text ", List.copyOf(corpus.keySet())),
        answers.values().stream()
            .map(places -> places.stream().mapToInt(Integer::intValue).toArray())
            .toList());
  }

  private int place(String text) {
    return corpus.computeIfAbsent(text, added -> corpus.size());
  }

  private static Embeddings embedded(SentenceEmbedder embedder, String role, List<String> texts) {
    List<String> ids = IntStream.range(0, texts.size()).mapToObj(i -> role + i).toList();
    return Embeddings.of(ids, embedder.embedTexts(texts));
  }
}
