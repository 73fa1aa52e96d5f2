package dev.kindred.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** One process: a sum of one, and nobody to tell. */
enum Alone implements Collectives {
  INSTANCE;

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Operand<TFloat32> sum(Ops tf, Operand<TFloat32> value) {
    return value;
  }

  @Override
  public Operand<TFloat32> gather(Ops tf, Operand<TFloat32> rows) {
    return rows;
  }

  @Override
  public Session open(Graph graph, Precision precision) {
    return Sessions.open(graph, precision);
  }

  @Override
  public void close(Session session) {
    session.close();
  }

  @Override
  public void requireSame(Map<String, Object> settings) {}

  @Override
  public void at(long step) {}

  @Override
  public String fromFirst(String text) {
    return text;
  }

  /** Whoever is alone knows what it knows. */
  @Override
  public void tellFirst(String note) {}

  @Override
  public List<String> told(int count) {
    return List.of();
  }

  @Override
  public @Nullable RuntimeException leave(@Nullable RuntimeException failure) {
    return failure;
  }

  @Override
  public void close() {}
}
