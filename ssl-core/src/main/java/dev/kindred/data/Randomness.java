package dev.kindred.data;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

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
  private final String path;
  private final Set<String> used;

  /**
   * Creates the source of all draws of a graph.
   *
   * @param tf where the operations go
   * @param seed {@code [run seed, step]}, shape {@code [2]}
   */
  public Randomness(Ops tf, Operand<TInt32> seed) {
    this(tf, seed, "", new HashSet<>());
  }

  private Randomness(Ops tf, Operand<TInt32> seed, String path, Set<String> used) {
    this.tf = tf;
    this.seed = seed;
    this.path = path;
    this.used = used;
  }

  /** The same source with {@code name/} before every name. */
  public Randomness child(String name) {
    return new Randomness(tf, seed, path + name + "/", used);
  }

  /**
   * Uniform numbers in {@code [0, 1)}.
   *
   * @param shape the shape of the result, an integer vector
   * @throws IllegalArgumentException if this graph has a draw of that name already
   */
  public Operand<TFloat32> uniform(String name, Operand<? extends TNumber> shape) {
    return tf.random.statelessRandomUniform(shape, key(name), TFloat32.class);
  }

  /**
   * Standard normal numbers.
   *
   * @param shape the shape of the result, an integer vector
   * @throws IllegalArgumentException if this graph has a draw of that name already
   */
  public Operand<TFloat32> normal(String name, Operand<? extends TNumber> shape) {
    return tf.random.statelessRandomNormal(shape, key(name), TFloat32.class);
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
