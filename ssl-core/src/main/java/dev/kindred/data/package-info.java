/**
 * How examples reach the graph: a {@link dev.kindred.data.Dataset} gives examples, a {@link
 * dev.kindred.data.BatchSource} reads them ahead in a seeded order, and a {@link
 * dev.kindred.data.ViewPipeline} packs them into tensors and turns those into views.
 *
 * <pre>{@code
 * BatchPlan plan = new BatchPlan(photos.size(), 256, seed);
 * try (BatchSource<Image> batches = new BatchSource<>(photos, views, plan.from(0), false)) {
 *   try (Batch batch = batches.next()) { ... batch.feeds().tensors() ... }
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.data;

import org.jspecify.annotations.NullMarked;
