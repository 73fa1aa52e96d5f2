package dev.kindred.spark;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * What executors do with each partition.
 *
 * @param content what the column holds
 * @param model the encoder
 * @param column the place of the column in a row
 * @param batchSize the number of rows embedded together
 * @param unreadable what becomes of images that cannot be read
 */
record EmbeddedPartitions(
    Content content, Model model, int column, int batchSize, Unreadable unreadable)
    implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** An empty partition opens no encoder. */
  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return rows.hasNext() ? embedded(OpenEncoders.of(content, model), rows) : rows;
  }

  private <E> Iterator<Row> embedded(OpenEncoder<E> encoder, Iterator<Row> rows) {
    return new EmbeddedRows<>(
        rows, encoder, column, batchSize, unreadable, TaskContext.getPartitionId());
  }
}
