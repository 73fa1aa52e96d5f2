package dev.kindred.weights;

/**
 * What a header says of one tensor, and found true to itself.
 *
 * @param name the tensor's name
 * @param dtype how its values are stored
 * @param shape the dimensions
 * @param begin where its bytes begin, counted from the end of the header
 * @param end where they end
 */
record Entry(String name, Dtype dtype, long[] shape, long begin, long end) {
  /** A tensor whose bytes begin there. */
  static Entry at(long begin, String name, Dtype dtype, long... shape) {
    return new Entry(name, dtype, shape, begin, begin + NamedTensor.size(shape) * dtype.bytes());
  }

  /** The number of values. */
  long size() {
    return NamedTensor.size(shape);
  }
}
