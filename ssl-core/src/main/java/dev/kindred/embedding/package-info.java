/**
 * Trained encoders in use: an {@link dev.kindred.embedding.Embedder} turns examples into vectors,
 * {@link dev.kindred.embedding.SavedEncoder} is its form on disk, {@link
 * dev.kindred.embedding.Embeddings} what comes out, {@link dev.kindred.embedding.WeightsSource}
 * weights that a training starts from, {@link dev.kindred.embedding.TorchWeights} those in the
 * names of PyTorch's libraries.
 *
 * <pre>{@code
 * try (Embedder<Image> embedder = ImageEmbedder.load(Path.of("runs/photos/encoder"))) {
 *   Embeddings all = embedder.embed(photos);
 *   EmbeddingFiles.write(all, Path.of("photos.npy"));               // ids and labels in photos.tsv
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.embedding;

import org.jspecify.annotations.NullMarked;
