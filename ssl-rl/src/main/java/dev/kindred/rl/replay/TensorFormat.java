package dev.kindred.rl.replay;

import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Space;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * How the elements of a space lie in a tensor: choices as int32 scalars, vectors as float32 {@code
 * [size]}, pictures as uint8 {@code [channels, height, width]}. Immutable.
 *
 * @param <T> an element
 */
public final class TensorFormat<T> {
  private final Space<T> space;
  private final Class<? extends TType> type;
  private final Shape shape;
  private final int bytes;
  private final BiConsumer<T, ByteBuffer> writer;
  private final BiPredicate<Space<T>, T> fits;

  private TensorFormat(
      Space<T> space,
      Class<? extends TType> type,
      Shape shape,
      int bytes,
      BiConsumer<T, ByteBuffer> writer,
      BiPredicate<Space<T>, T> fits) {
    this.space = space;
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
    this.writer = writer;
    this.fits = fits;
  }

  /** The format of the elements of {@code space}. */
  @SuppressWarnings("unchecked")
  public static <T> TensorFormat<T> of(Space<T> space) {
    if (space instanceof Space.Pixels pixels) {
      return (TensorFormat<T>) pictures(pixels);
    }
    return space instanceof Space.Box box
        ? (TensorFormat<T>) vectors(box)
        : (TensorFormat<T>) choices((Space.Discrete) (Space<?>) space);
  }

  private static TensorFormat<Frame> pictures(Space.Pixels space) {
    return new TensorFormat<>(
        space,
        TUint8.class,
        Shape.of(space.channels(), space.height(), space.width()),
        space.size(),
        (frame, to) -> to.put(frame.samples()),
        Space::contains);
  }

  /** Bounds are not checked: what was observed is kept as it was. */
  private static TensorFormat<float[]> vectors(Space.Box space) {
    return new TensorFormat<>(
        space,
        TFloat32.class,
        Shape.of(space.size()),
        space.size() * Float.BYTES,
        (vector, to) -> to.asFloatBuffer().put(vector),
        (box, vector) -> vector.length == space.size());
  }

  private static TensorFormat<Integer> choices(Space.Discrete space) {
    return new TensorFormat<>(
        space,
        TInt32.class,
        Shape.scalar(),
        Integer.BYTES,
        (choice, to) -> to.putInt(choice),
        Space::contains);
  }

  /** The type of the tensors. */
  public Class<? extends TType> type() {
    return type;
  }

  /** The shape of one element. */
  public Shape shape() {
    return shape;
  }

  /** The shape of a batch of any size, for a placeholder. */
  public Shape batchShape() {
    return shape.prepend(Shape.UNKNOWN_SIZE);
  }

  /**
   * Elements as one tensor {@code [elements, ...]}, which the caller closes.
   *
   * @throws IllegalArgumentException if one is of another shape
   */
  public TType tensor(List<T> elements) {
    TType tensor = empty(elements.size());
    ByteDataBuffer data = data(tensor);
    byte[] one = new byte[bytes];
    for (int i = 0; i < elements.size(); i++) {
      write(elements.get(i), one, 0);
      data.offset((long) i * bytes).write(one);
    }
    return tensor;
  }

  /** A tensor for that many elements, with any content. */
  TType empty(int elements) {
    return Tensor.of(type, shape.prepend(elements));
  }

  static ByteDataBuffer data(TType tensor) {
    return tensor.asRawTensor().data();
  }

  /** The bytes of one element. */
  int bytes() {
    return bytes;
  }

  /**
   * The element, returned as it is.
   *
   * @throws IllegalArgumentException if it is of another shape
   */
  T require(String name, T element) {
    if (!fits.test(space, element)) {
      throw new IllegalArgumentException(
          "%s must be of %s, was %s".formatted(name, space, space.show(element)));
    }
    return element;
  }

  /** Writes an element as it lies in a tensor: TensorFlow's numbers are in the machine's order. */
  void write(T element, byte[] to, int offset) {
    require("element", element);
    writer.accept(
        element, ByteBuffer.wrap(to, offset, bytes).slice().order(ByteOrder.nativeOrder()));
  }
}
