package dev.kindred.evaluation;

import dev.kindred.data.Dataset;
import java.util.List;
import java.util.function.Function;

/** Another set with something made of each example; closing it does nothing. */
record Mapped<P, E>(Dataset<P> whole, Function<P, E> map) implements Dataset<E> {
  @Override
  public int size() {
    return whole.size();
  }

  @Override
  public E get(int index) {
    return map.apply(whole.get(index));
  }

  @Override
  public String id(int index) {
    return whole.id(index);
  }

  @Override
  public int label(int index) {
    return whole.label(index);
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public String description() {
    return whole.description();
  }

  @Override
  public void close() {}
}
