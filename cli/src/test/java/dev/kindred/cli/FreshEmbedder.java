package dev.kindred.cli;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.vision.ImageEmbedder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A program of a user that loads an encoder and embeds each picture of a written table from eight
 * threads, and fails unless every vector is the written one.
 */
final class FreshEmbedder {
  private static final int THREADS = 8;
  private static final float TOLERANCE = 1e-5f;

  private FreshEmbedder() {}

  /** Takes the encoder, the folder of pictures and the written vectors. */
  public static void main(String[] arguments) throws Exception {
    Path pictures = Path.of(arguments[1]);
    Embeddings written = EmbeddingFiles.read(Path.of(arguments[2]));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (ImageEmbedder embedder = ImageEmbedder.load(Path.of(arguments[0]))) {
      List<Future<?>> checks =
          IntStream.range(0, THREADS)
              .<Future<?>>mapToObj(i -> threads.submit(() -> check(embedder, pictures, written)))
              .toList();
      for (Future<?> check : checks) {
        check.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static void check(ImageEmbedder embedder, Path pictures, Embeddings written) {
    for (int i = 0; i < written.size(); i++) {
      float[] vector = embedder.embed(pictures.resolve(written.ids().get(i)));
      float[] expected = written.vectors()[i];
      for (int j = 0; j < expected.length; j++) {
        if (!(Math.abs(vector[j] - expected[j]) <= TOLERANCE)) {
          throw new IllegalStateException(
              "%s: %s instead of %s"
                  .formatted(
                      written.ids().get(i), Arrays.toString(vector), Arrays.toString(expected)));
        }
      }
    }
  }
}
