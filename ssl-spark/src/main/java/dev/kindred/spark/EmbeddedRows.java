package dev.kindred.spark;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.runtime.KindredException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows with their vectors at the end, made batch by batch as they are asked for. */
final class EmbeddedRows<E> implements Iterator<Row> {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRows.class);
  private static final int SHOWN = 200;

  private final Iterator<Row> rows;
  private final OpenEncoder<E> encoder;
  private final int column;
  private final int batchSize;
  private final Unreadable unreadable;
  private final int partition;
  private final Queue<Row> ready = new ArrayDeque<>();
  private long read;

  /**
   * @param column the place in a row of what is embedded
   * @param partition what messages call the rows' partition
   */
  EmbeddedRows(
      Iterator<Row> rows,
      OpenEncoder<E> encoder,
      int column,
      int batchSize,
      Unreadable unreadable,
      int partition) {
    this.rows = rows;
    this.encoder = encoder;
    this.column = column;
    this.batchSize = batchSize;
    this.unreadable = unreadable;
    this.partition = partition;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (ready.isEmpty()) {
      embedBatch();
    }
    return ready.remove();
  }

  private void embedBatch() {
    if (!rows.hasNext()) {
      throw new NoSuchElementException();
    }
    List<Row> batch = new ArrayList<>();
    List<@Nullable E> examples = new ArrayList<>();
    while (batch.size() < batchSize && rows.hasNext()) {
      Row row = rows.next();
      batch.add(row);
      examples.add(example(row.get(column)));
      read++;
    }
    Iterator<float[]> vectors = vectors(examples);
    for (int i = 0; i < batch.size(); i++) {
      ready.add(extended(batch.get(i), examples.get(i) == null ? null : vectors.next()));
    }
  }

  /** The vectors of those that are examples. */
  private Iterator<float[]> vectors(List<@Nullable E> examples) {
    List<E> present = new ArrayList<>();
    for (E example : examples) {
      if (example != null) {
        present.add(example);
      }
    }
    return present.isEmpty()
        ? Collections.emptyIterator()
        : List.of(encoder.embed(present)).iterator();
  }

  private @Nullable E example(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return encoder.read(value, name(value));
    } catch (CorruptExampleException e) {
      if (unreadable == Unreadable.FAIL) {
        throw new KindredException(
            "%s; mend it, or let its vector be null: .onUnreadable(Unreadable.NULL_VECTOR)"
                .formatted(e.getMessage()),
            e);
      }
      LOG.warn("{}; its vector is null", e.getMessage());
      return null;
    }
  }

  /** Counted from 0, as Spark's pages count partitions. */
  private String name(Object value) {
    String shown =
        value instanceof byte[] file
            ? "%,d bytes".formatted(file.length)
            : String.valueOf(value).lines().findFirst().orElse("");
    return "partition %d, row %d (%s)"
        .formatted(partition, read, shown.substring(0, Math.min(SHOWN, shown.length())));
  }

  private static Row extended(Row row, float @Nullable [] vector) {
    @Nullable Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = vector;
    return RowFactory.create(values);
  }
}
