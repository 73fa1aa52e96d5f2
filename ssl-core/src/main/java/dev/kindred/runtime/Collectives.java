package dev.kindred.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The processes that train one network together. Each builds the same graph; what {@link #sum} and
 * {@link #gather} add to it is exchanged when the graph runs, at every worker or at none, so all
 * workers make the same calls in the same order. {@link #alone} is the one process of everybody
 * else, where nothing is exchanged.
 *
 * <p>Confined to the thread that trains.
 */
public interface Collectives extends AutoCloseable {
  /** One process, alone. */
  static Collectives alone() {
    return Alone.INSTANCE;
  }

  /** How many workers there are, {@code >= 1}. */
  int size();

  /** Which of them this is, in {@code [0, size)}; the first one writes what a run leaves. */
  int rank();

  /** Whether this worker is the one that writes. */
  default boolean first() {
    return rank() == 0;
  }

  /** Whether there are others. */
  default boolean shared() {
    return size() > 1;
  }

  /**
   * The sum of every worker's {@code value}, the same bits at each. Its gradient is the sum of
   * every worker's gradient by it.
   *
   * @param value of one shape at all workers
   */
  Operand<TFloat32> sum(Ops tf, Operand<TFloat32> value);

  /**
   * Every worker's rows, those of the first worker first. Without gradient.
   *
   * @param rows of one shape, a matrix or a vector, at all workers
   */
  Operand<TFloat32> gather(Ops tf, Operand<TFloat32> rows);

  /** A session that can run the graph of this worker, to be closed by {@link #close(Session)}. */
  Session open(Graph graph, Precision precision);

  /** Closes a session, which another thread may have cancelled. */
  void close(Session session);

  /**
   * Makes sure that all workers were given the same.
   *
   * @param settings what defines the work, in JSON types
   * @throws IllegalArgumentException naming the worker and the keys that differ, at every worker
   */
  void requireSame(Map<String, Object> settings);

  /** Says how far this worker is: at the beginning of that step. */
  void at(long step);

  /** What the first worker passes here, told to every worker. */
  String fromFirst(String text);

  /** Lets the first worker know {@code note}; may be called at any worker at any time. */
  void tellFirst(String note);

  /** At the first worker: the next {@code count} notes of the others, waited for. */
  List<String> told(int count);

  /**
   * Says how this worker ends, so that the others need not find out; then it takes part no more.
   *
   * @param failure why, or null if its work is done
   * @return what to throw in place of {@code failure}, if another worker's end was its cause
   */
  @Nullable RuntimeException leave(@Nullable RuntimeException failure);

  @Override
  void close();
}
