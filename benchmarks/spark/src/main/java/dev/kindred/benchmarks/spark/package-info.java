/**
 * Embedding on Spark beside embedding in one process: {@link
 * dev.kindred.benchmarks.spark.SparkRace}.
 */
@NullMarked
package dev.kindred.benchmarks.spark;

import org.jspecify.annotations.NullMarked;
