/**
 * What Kindred's work costs in time and memory: micro-benchmarks by JMH, and programs that let
 * pieces of work race in turn, in one run, so that a comparison is a ratio of neighbours in time.
 * Entry: the script {@code benchmarks/run}, or {@link dev.kindred.benchmarks.Race} for a race of
 * one's own.
 *
 * <pre>{@code
 * try (var step = SimClrStep.of(views, 64, Precision.FLOAT32);
 *     var feeds = views.pack(images)) {
 *   List<Contestant> contestants =
 *       List.of(new ConstantBatch("kindred", step, feeds, 128, 10), other);
 *   new Race("views/s", contestants, 5).run(System.out);
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.benchmarks;

import org.jspecify.annotations.NullMarked;
