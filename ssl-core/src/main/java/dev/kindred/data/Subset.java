package dev.kindred.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Some of another set's examples. */
final class Subset<E> implements Dataset<E> {
  private final Dataset<E> whole;
  private final int[] indices;

  Subset(Dataset<E> whole, int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("indices must name at least one example, was empty");
    }
    for (int index : indices) {
      Objects.checkIndex(index, whole.size());
    }
    this.whole = whole;
    this.indices = indices.clone();
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public E get(int index) {
    return whole.get(indices[index]);
  }

  @Override
  public String id(int index) {
    return whole.id(indices[index]);
  }

  @Override
  public int label(int index) {
    return whole.label(indices[index]);
  }

  @Override
  public int group(int index) {
    return whole.group(indices[index]);
  }

  @Override
  public long[] keys(int index) {
    return whole.keys(indices[index]);
  }

  /** Where examples that follow each other are of different stretches of the whole. */
  @Override
  public int[] stretches() {
    int[] firsts = whole.stretches();
    return firsts.length == 0
        ? NO_STRETCHES
        : IntStream.range(0, indices.length)
            .filter(i -> i == 0 || stretch(firsts, indices[i]) != stretch(firsts, indices[i - 1]))
            .toArray();
  }

  private static int stretch(int[] firsts, int index) {
    int found = Arrays.binarySearch(firsts, index);
    return found < 0 ? -found - 2 : found;
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public String description() {
    return whole.description() + " (" + indices.length + " of " + whole.size() + ")";
  }

  @Override
  public void close() {}
}
