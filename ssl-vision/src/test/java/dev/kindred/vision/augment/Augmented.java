package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** A graph of augmentations for tests, kept open to be run with several seeds and batches. */
final class Augmented implements AutoCloseable {
  private final Graph graph = new Graph();
  private final int side;
  private final BiFunction<Ops, Randomness, Randomness> rows;
  private final List<Augmentation> augmentations;
  private final Ops tf = Ops.create(graph);
  private final Operand<TInt32> seed = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
  private final Operand<TUint8> pixels;
  private final Operand<TInt32> extents =
      tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, 2)));
  private final Operand<TFloat32> planes;
  private final Session session;

  Augmented(int side, Augmentation... augmentations) {
    this(side, (tf, randomness) -> randomness, augmentations);
  }

  private Augmented(
      int side, BiFunction<Ops, Randomness, Randomness> rows, Augmentation... augmentations) {
    this.side = side;
    this.rows = rows;
    this.augmentations = List.of(augmentations);
    this.pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, 3, side, side)));
    ImageBatch images = ImageBatch.of(tf, pixels, extents, side);
    for (int i = 0; i < augmentations.length; i++) {
      images = augmentations[i].apply(images, randomness(i));
    }
    this.planes = images.planes();
    this.session = new Session(graph);
  }

  /** A graph that sees only rows of a batch of {@code batchSize}, beginning with {@code first}. */
  static Augmented chunk(int side, int first, int batchSize, Augmentation... augmentations) {
    return new Augmented(
        side,
        (tf, randomness) -> randomness.rows(tf.constant(first), tf.constant(batchSize)),
        augmentations);
  }

  /** Planar colours in {@code [0, 1]}, one row for each picture. */
  float[][] run(int step, List<Picture> pictures) {
    return fetch(planes, step, pictures);
  }

  /** The numbers that augmentation {@code i} drew, {@code [leading, batch]}, flattened but last. */
  float[][] draws(int i, String name, int step, List<Picture> pictures, int... leading) {
    int[] shape = Arrays.copyOf(leading, leading.length + 1);
    shape[leading.length] = pictures.size();
    // Another source of randomness draws the same numbers for the same names.
    Function<Ops, Operand<TFloat32>> draw =
        ops -> randomness(i).uniform(name, ops.constant(shape), leading.length);
    int columns = pictures.size();
    return fetch(tf.reshape(draw.apply(tf), tf.array(-1, columns)), step, pictures);
  }

  private Randomness randomness(int i) {
    return rows.apply(tf, new Randomness(tf, seed)).child("augmentation" + i);
  }

  private float[][] fetch(Operand<TFloat32> operand, int step, List<Picture> pictures) {
    byte[] bytes = new byte[pictures.size() * 3 * side * side];
    int[] sizes = new int[2 * pictures.size()];
    for (int b = 0; b < pictures.size(); b++) {
      pictures.get(b).write(bytes, b * 3 * side * side, side);
      sizes[2 * b] = pictures.get(b).height();
      sizes[2 * b + 1] = pictures.get(b).width();
    }
    try (TUint8 canvas =
            TUint8.tensorOf(
                Shape.of(pictures.size(), 3, side, side), DataBuffers.of(bytes, true, false));
        TInt32 size = TInt32.tensorOf(Shape.of(pictures.size(), 2), DataBuffers.of(sizes));
        TInt32 key = TInt32.vectorOf(7, step);
        var result =
            session
                .runner()
                .feed(pixels, canvas)
                .feed(extents, size)
                .feed(seed, key)
                .fetch(operand)
                .run()) {
      return rows((TFloat32) result.get(0));
    }
  }

  private static float[][] rows(TFloat32 tensor) {
    int rows = (int) tensor.shape().get(0);
    float[] all = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(all);
    int width = rows == 0 ? 0 : all.length / rows;
    float[][] result = new float[rows][];
    for (int i = 0; i < rows; i++) {
      result[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
    }
    return result;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  @Override
  public String toString() {
    return augmentations.toString();
  }
}
