package dev.kindred.evaluation.report;

import java.util.Map;

/** What is good and what is bad of the metrics that tell of representations, a line each. */
final class DiagnosticNotes {
  private static final Map<String, String> NOTES =
      Map.of(
          "feature_std",
          "1: spread evenly over all directions; 0: all alike. Below 0.1 is collapse.",
          "effective_rank",
          "How many directions are in use. Higher is better; near 1 is collapse, a fall is early"
              + " warning of it.",
          "alignment",
          "How far apart two views of one example lie, from 0 to 4. Lower is better, unless it is"
              + " low because everything lies in one point.",
          "uniformity",
          "How evenly the sphere is filled. Lower is better; 0 is collapse.",
          "contrastive_accuracy",
          "The share of views whose own second view is the nearest of the batch. Higher is better,"
              + " 1 at most; collapse brings it down to 1 / batch.",
          "projection_std",
          "As feature std, of what the loss compares; collapse shows here first. Below 0.1 is"
              + " collapse.",
          "projection_rank",
          "As effective rank, of what the loss compares; collapse shows here first. Below 1.5 is"
              + " collapse.");

  private DiagnosticNotes() {}

  static boolean has(String metric) {
    return NOTES.containsKey(metric);
  }

  /** The line on a metric, empty if there is none. */
  static String of(String metric) {
    return NOTES.getOrDefault(metric, "");
  }
}
