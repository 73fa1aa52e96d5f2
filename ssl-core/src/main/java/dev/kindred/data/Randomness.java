package dev.kindred.data;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Random numbers in the graph as a pure function of (run seed, step, name of the draw): nothing is
 * remembered between steps, so a resumed run draws what an uninterrupted one would have drawn.
 *
 * <p>Every draw of one graph needs its own name; a repeated name is refused, for two draws of one
 * name would be equal. {@link #child} prefixes names.
 */
public final class Randomness {
  private final Ops tf;
  private final Operand<TInt32> seed;
  private final @Nullable Rows rows;
  private final String path;
  private final Set<String> used;

  /** Where the examples of this graph are within their batch; both scalars. */
  private record Rows(Operand<TInt32> first, Operand<TInt32> batchSize) {}

  /**
   * Creates the source of all draws of a graph.
   *
   * @param tf where the operations go
   * @param seed {@code [run seed, step]}, shape {@code [2]}
   */
  public Randomness(Ops tf, Operand<TInt32> seed) {
    this(tf, seed, null, "", new HashSet<>());
  }

  private Randomness(
      Ops tf, Operand<TInt32> seed, @Nullable Rows rows, String path, Set<String> used) {
    this.tf = tf;
    this.seed = seed;
    this.rows = rows;
    this.path = path;
    this.used = used;
  }

  /** The same source with {@code name/} before every name. */
  public Randomness child(String name) {
    return new Randomness(tf, seed, rows, path + name + "/", used);
  }

  /**
   * The same source for a graph that sees only some rows of a batch: each draws what it would have
   * drawn had the graph seen the whole batch.
   *
   * @param first the first row that the graph sees, a scalar
   * @param batchSize the rows of the whole batch, a scalar
   */
  public Randomness rows(Operand<TInt32> first, Operand<TInt32> batchSize) {
    return new Randomness(tf, seed, new Rows(first, batchSize), path, used);
  }

  /**
   * Uniform numbers in {@code [0, 1)}.
   *
   * @param shape the shape of the result, a vector
   * @param batchAxis which of its dimensions counts the examples
   * @throws IllegalArgumentException if this graph has a draw of that name already
   */
  public Operand<TFloat32> uniform(String name, Operand<TInt32> shape, int batchAxis) {
    return draw(
        shape, batchAxis, of -> tf.random.statelessRandomUniform(of, key(name), TFloat32.class));
  }

  /**
   * Standard normal numbers.
   *
   * @param shape the shape of the result, a vector
   * @param batchAxis which of its dimensions counts the examples
   * @throws IllegalArgumentException if this graph has a draw of that name already
   */
  public Operand<TFloat32> normal(String name, Operand<TInt32> shape, int batchAxis) {
    return draw(
        shape, batchAxis, of -> tf.random.statelessRandomNormal(of, key(name), TFloat32.class));
  }

  private Operand<TFloat32> draw(
      Operand<TInt32> shape,
      int batchAxis,
      Function<Operand<TInt32>, Operand<TFloat32>> distribution) {
    if (rows == null) {
      return distribution.apply(shape);
    }
    Operand<TInt32> axis = tf.constant(batchAxis);
    Operand<TInt32> whole =
        tf.tensorScatterNdUpdate(
            shape,
            tf.constant(new int[][] {{batchAxis}}),
            tf.expandDims(rows.batchSize(), axis0()));
    Operand<TInt32> end = tf.math.add(rows.first(), tf.gather(shape, axis, axis0()));
    return tf.gather(distribution.apply(whole), tf.range(rows.first(), end, tf.constant(1)), axis);
  }

  private Operand<TInt32> axis0() {
    return tf.constant(0);
  }

  private Operand<TInt32> key(String name) {
    String full = path + name;
    if (!used.add(full)) {
      throw new IllegalArgumentException(
          "each random draw needs its own name, but " + full + " is drawn twice");
    }
    CRC32 hash = new CRC32();
    hash.update(full.getBytes(StandardCharsets.UTF_8));
    // The hash enters by exclusive or, so that two names give different keys under every run seed.
    return tf.bitwise.bitwiseXor(seed, tf.constant(new int[] {(int) hash.getValue(), 0}));
  }
}
