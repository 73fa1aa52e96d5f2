/**
 * Embedding at scale on Apache Spark: {@link dev.kindred.spark.SparkEmbedding} gives a DataFrame of
 * images or texts a column of vectors, made by a saved encoder on the executors.
 *
 * <pre>{@code
 * Dataset<Row> photos = spark.read().format("binaryFile").load("/data/photos");
 * Dataset<Row> embedded =
 *     SparkEmbedding.images("/models/photos/encoder").embed(photos, "content", "vector");
 * SparkEmbedding.run(() -> embedded.drop("content").write().parquet("/data/photo-vectors"));
 * }</pre>
 */
@NullMarked
package dev.kindred.spark;

import org.jspecify.annotations.NullMarked;
