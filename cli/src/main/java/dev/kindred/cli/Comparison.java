package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.evaluation.Classification;
import dev.kindred.evaluation.Knn;
import dev.kindred.evaluation.LinearProbe;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What training gave: raw pixels, the encoder before training and the trained one, each classified
 * by nearest neighbours and by a linear classifier.
 */
record Comparison(List<Row> rows) {
  static final List<String> HEADERS = List.of("representation", "kNN", "linear");

  /** The strength of L2 for each row of the bank: raw pixels are wider than the bank is long. */
  private static final double L2_PER_ROW = 0.01;

  /** One representation. */
  record Row(String name, Classification knn, Classification linear) {
    List<String> cells() {
      return List.of(name, percent(knn), percent(linear));
    }

    private static String percent(Classification result) {
      return String.format(
          Locale.ROOT,
          "%.1f ± %.1f %%",
          100 * result.accuracy(),
          100 * result.accuracyInterval().margin());
    }
  }

  /** Measures all three; {@code trained} stays the caller's. */
  static Comparison of(
      ImageTraining training,
      Embedder<Image> trained,
      Dataset<Image> bank,
      Dataset<Image> queries) {
    ImageViews views = training.views();
    long seed = training.options().seed;
    List<Row> rows = new ArrayList<>();
    rows.add(fresh("raw pixels", RawPixels.model(views, training.canvas()), bank, queries));
    rows.add(
        fresh(
            "untrained encoder",
            InferenceModel.untrained(views, training.encoder(), seed),
            bank,
            queries));
    rows.add(row("trained encoder", trained, bank, queries));
    return new Comparison(rows);
  }

  Row trained() {
    return rows.get(rows.size() - 1);
  }

  /** The table as aligned lines. */
  List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(HEADERS);
    rows.forEach(row -> all.add(row.cells()));
    return all.stream()
        .map(cells -> "%-18s %14s %14s".formatted(cells.get(0), cells.get(1), cells.get(2)))
        .toList();
  }

  List<List<String>> cells() {
    return rows.stream().map(Row::cells).toList();
  }

  /** Measures a model and closes it. */
  private static Row fresh(
      String name, InferenceModel<Image> model, Dataset<Image> bank, Dataset<Image> queries) {
    try (model;
        Embedder<Image> embedder = model.embedder()) {
      return row(name, embedder, bank, queries);
    }
  }

  /** Measures one. */
  static Row row(
      String name, Embedder<Image> embedder, Dataset<Image> bank, Dataset<Image> queries) {
    Embeddings known = embedder.embed(bank);
    Embeddings asked = embedder.embed(queries);
    LinearProbe linear = LinearProbe.logistic().withL2(L2_PER_ROW * known.size());
    return new Row(name, Knn.defaults().evaluate(known, asked), linear.evaluate(known, asked));
  }
}
