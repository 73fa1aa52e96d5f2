package dev.kindred.data;

import java.util.Iterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Batches in order, read ahead by one thread that spreads the decoding over all processors. At most
 * {@link #READ_AHEAD} batches wait in memory. To be used from one thread.
 *
 * @param <E> an example
 */
public final class BatchSource<E> implements AutoCloseable {
  /** How many batches are read before they are asked for. */
  public static final int READ_AHEAD = 2;

  private final BatchReader<E> reader;
  private final Iterator<int[]> plan;
  private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(READ_AHEAD);
  private final Thread producer;
  private volatile boolean closed;

  private enum End {
    END
  }

  private record Failure(Throwable cause) {}

  /**
   * Starts reading.
   *
   * @param dataset the examples; stays the caller's
   * @param views how they are packed
   * @param plan the examples of each batch, in order; asked from the reading thread
   * @param strict whether an example that cannot be read ends the run; else it is left out of its
   *     batch
   */
  public BatchSource(
      Dataset<E> dataset, ViewPipeline<E, ?> views, Iterator<int[]> plan, boolean strict) {
    this.reader = new BatchReader<>(dataset, views, strict);
    this.plan = plan;
    this.producer = new Thread(this::produce, "kindred-batches");
    producer.setDaemon(true);
    producer.start();
  }

  /**
   * The next batch, which the caller closes.
   *
   * @throws CorruptExampleException if an example cannot be read and this source is strict
   * @throws java.util.NoSuchElementException if the plan has ended
   */
  public Batch next() {
    Object next = take();
    if (next instanceof Batch batch) {
      return batch;
    }
    if (next instanceof Failure failure) {
      throw rethrown(failure.cause());
    }
    throw new java.util.NoSuchElementException("the batches have ended");
  }

  /** Stops reading and frees what waits; may be called twice. */
  @Override
  public void close() {
    closed = true;
    producer.interrupt();
    try {
      producer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.forEach(BatchSource::discard);
    queue.clear();
  }

  private void produce() {
    try {
      while (!closed && plan.hasNext()) {
        offer(reader.read(plan.next()));
      }
      offer(End.END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      offerFailure(e);
    }
  }

  private void offer(Object item) throws InterruptedException {
    try {
      queue.put(item);
    } catch (InterruptedException e) {
      discard(item);
      throw e;
    }
  }

  private void offerFailure(Throwable cause) {
    try {
      queue.put(new Failure(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Object take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    }
  }

  private static void discard(Object item) {
    if (item instanceof Batch batch) {
      batch.close();
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
