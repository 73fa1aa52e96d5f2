package dev.kindred.train;

import dev.kindred.embedding.Embedder;
import java.nio.file.Path;

/**
 * What a run gives: the saved encoder, and the last epoch's numbers.
 *
 * @param folder the saved encoder's folder, {@code RUN/encoder}
 * @param report the last epoch
 * @param skipped how many examples could not be read; they are named in {@code RUN/skipped.tsv}
 * @see Embedder
 */
public record TrainedEncoder(Path folder, EpochReport report, int skipped) {}
