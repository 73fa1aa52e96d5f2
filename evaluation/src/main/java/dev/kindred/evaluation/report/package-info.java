/**
 * Reports: what a run learned, as one HTML file that opens from disk and loads nothing from the
 * network. Entry type: {@link dev.kindred.evaluation.report.Report}.
 *
 * <pre>{@code
 * Report.builder("SimCLR on cifar10 train")
 *     .facts(Map.of("encoder", "resnet18", "seed", "0"))
 *     .table("Classification", "Accuracy on the test split.", List.of("", "kNN"), rows)
 *     .curves(MetricsLog.read(run.resolve("metrics.jsonl")))
 *     .neighbours(embeddings, new int[] {0, 1, 2}, 8, id -> Files.readAllBytes(pictures.resolve(id)))
 *     .map(embeddings, Thumbnails.NONE, 2000)
 *     .write(run.resolve("report.html"));
 * }</pre>
 */
@NullMarked
package dev.kindred.evaluation.report;

import org.jspecify.annotations.NullMarked;
