package dev.kindred.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class EmbeddedRowsTest {
  private static final int BATCH = 4;

  private final List<Integer> batches = new ArrayList<>();
  private int taken;

  @Test
  void rowsAreTakenOneBatchAtATime() {
    EmbeddedRows<String> rows = embedded(IntStream.range(0, 10).mapToObj(String::valueOf));

    assertThat(taken).isZero();
    for (int i = 0; i < 10; i++) {
      Row row = rows.next();
      assertThat(taken).isEqualTo(Math.min(10, (i / BATCH + 1) * BATCH));
      assertThat(row.getString(0)).isEqualTo("" + i);
      assertThat((float[]) row.get(1)).containsExactly(i);
    }
    assertThat(batches).containsExactly(4, 4, 2);
    assertThat(rows.hasNext()).isFalse();
    assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void nothingIsRunForNulls() {
    EmbeddedRows<String> rows = embedded(Stream.of(null, null, null, null, "7"));

    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);

    assertThat(all).hasSize(5);
    assertThat(all.get(3).isNullAt(1)).isTrue();
    assertThat((float[]) all.get(4).get(1)).containsExactly(7);
    assertThat(batches).containsExactly(1);
  }

  private EmbeddedRows<String> embedded(Stream<String> values) {
    OpenEncoder<String> encoder = new OpenEncoder<>(new Numbers(), (value, name) -> (String) value);
    return new EmbeddedRows<>(
        values.peek(value -> taken++).map(value -> RowFactory.create(value)).iterator(),
        encoder,
        0,
        BATCH,
        Unreadable.FAIL,
        0);
  }

  /** The vector of a number is that number. */
  private final class Numbers implements Embedder<String> {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public float[][] embed(List<String> examples) {
      batches.add(examples.size());
      return examples.stream()
          .map(example -> new float[] {Float.parseFloat(example)})
          .toArray(float[][]::new);
    }

    @Override
    public Embeddings embed(Dataset<String> dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
