package dev.kindred.evaluation.report;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;

/** The classes of rows, in words. */
final class Labels {
  private Labels() {}

  /** The name of a row's class; empty if the row has none, the number if the class has no name. */
  static String name(Embeddings embeddings, int row) {
    int label = embeddings.labels()[row];
    if (label == Dataset.NO_LABEL) {
      return "";
    }
    boolean named = label >= 0 && label < embeddings.classNames().size();
    return named ? embeddings.classNames().get(label) : Integer.toString(label);
  }
}
