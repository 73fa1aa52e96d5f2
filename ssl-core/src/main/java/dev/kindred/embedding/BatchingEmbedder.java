package dev.kindred.embedding;

import dev.kindred.data.Batch;
import dev.kindred.data.BatchSource;
import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.data.Feeds;
import dev.kindred.data.ViewPipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Embeds in batches through one network. Several threads may embed at once; closing waits for them.
 *
 * @param <E> an example
 */
final class BatchingEmbedder<E> implements Embedder<E> {
  /** Large enough to keep all processors busy, small enough that activations stay in memory. */
  private static final int BATCH = 256;

  private final ViewPipeline<E, ?> host;
  private final Representations network;
  private final int dimension;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /** A network from packed examples to representations; safe for several threads. */
  interface Representations extends AutoCloseable {
    /** The representations of one batch, {@code [batch][dimension]}. */
    float[][] of(Feeds feeds);

    @Override
    void close();
  }

  /**
   * @param host what packs examples for the network
   * @param network what this owns and closes
   */
  BatchingEmbedder(ViewPipeline<E, ?> host, Representations network, int dimension) {
    this.host = host;
    this.network = network;
    this.dimension = dimension;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float[][] embed(List<E> examples) {
    float[][] vectors = new float[examples.size()][];
    for (int first = 0; first < vectors.length; first += BATCH) {
      int end = Math.min(first + BATCH, vectors.length);
      try (Feeds feeds = host.pack(examples.subList(first, end))) {
        System.arraycopy(run(feeds), 0, vectors, first, end - first);
      }
    }
    return vectors;
  }

  @Override
  public Embeddings embed(Dataset<E> dataset) {
    List<Integer> read = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    List<CorruptExampleException> skipped = new ArrayList<>();
    try (BatchSource<E> batches = new BatchSource<>(dataset, host, inOrder(dataset), false)) {
      for (int first = 0; first < dataset.size(); first += BATCH) {
        try (Batch batch = batches.next()) {
          skipped.addAll(batch.skipped());
          for (int index : batch.indices()) {
            read.add(index);
          }
          if (batch.indices().length > 0) {
            vectors.addAll(Arrays.asList(run(batch.feeds())));
          }
        }
      }
    }
    return Embeddings.of(dataset, read, vectors, skipped);
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        network.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private float[][] run(Feeds feeds) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this embedder is closed");
      }
      return network.of(feeds);
    } finally {
      lock.readLock().unlock();
    }
  }

  private static Iterator<int[]> inOrder(Dataset<?> dataset) {
    return new Iterator<>() {
      private int first;

      @Override
      public boolean hasNext() {
        return first < dataset.size();
      }

      @Override
      public int[] next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int from = first;
        first = Math.min(first + BATCH, dataset.size());
        return java.util.stream.IntStream.range(from, first).toArray();
      }
    };
  }
}
