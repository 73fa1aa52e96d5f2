package dev.kindred.weights;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How PyTorch lays out the values of a parameter, from how they are laid out here. */
public enum TorchLayout {
  /** The same. */
  SAME(),
  /** Input, output here; output, input there. */
  MATRIX(1, 0),
  /** Height, width, input, output here; output, input, height, width there. */
  KERNEL(3, 2, 0, 1),
  /** One more dimension of one in front there. */
  BATCHED() {
    @Override
    public long[] shape(long[] ours) {
      return IntStream.rangeClosed(0, ours.length)
          .mapToLong(i -> i == 0 ? 1 : ours[i - 1])
          .toArray();
    }
  };

  private final int[] order;

  TorchLayout(int... order) {
    this.order = order;
  }

  /** The shape there of what has this shape here. */
  public long[] shape(long[] ours) {
    return order.length == 0
        ? ours
        : Arrays.stream(order).mapToLong(dimension -> ours[dimension]).toArray();
  }

  /** The values there of what has this shape and these values here. */
  public float[] toTorch(long[] ours, float[] values) {
    return copied(ours, values, true);
  }

  /** The values here, of this shape, of what has these values there. */
  public float[] fromTorch(long[] ours, float[] values) {
    return copied(ours, values, false);
  }

  private float[] copied(long[] ours, float[] values, boolean out) {
    if (order.length == 0) {
      return values.clone();
    }
    float[] copy = new float[values.length];
    long[] strides = strides(shape(ours));
    int[] index = new int[ours.length];
    for (int here = 0; here < values.length; here++) {
      int there = 0;
      for (int i = 0; i < order.length; i++) {
        there += Math.toIntExact(index[order[i]] * strides[i]);
      }
      copy[out ? there : here] = values[out ? here : there];
      advance(index, ours);
    }
    return copy;
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long size = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = size;
      size *= shape[i];
    }
    return strides;
  }

  private static void advance(int[] index, long[] shape) {
    for (int i = shape.length - 1; i >= 0; i--) {
      if (++index[i] < shape[i]) {
        return;
      }
      index[i] = 0;
    }
  }
}
