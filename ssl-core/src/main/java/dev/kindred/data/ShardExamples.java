package dev.kindred.data;

import java.util.List;

/**
 * The examples of tar shards as a set: ids are the keys, {@link #stretches} the shards. What is
 * left to a domain is to make an example of an entry's bytes.
 *
 * @param <E> what an example is
 */
public abstract class ShardExamples<E> implements Dataset<E> {
  private final TarShards shards;
  private final String description;

  /**
   * Takes shards, which are closed with this set.
   *
   * @param description what the set is called in reports
   */
  protected ShardExamples(TarShards shards, String description) {
    this.shards = shards;
    this.description = description;
  }

  /** Where the examples are. */
  protected final TarShards shards() {
    return shards;
  }

  @Override
  public final int size() {
    return shards.size();
  }

  @Override
  public final String id(int index) {
    return shards.key(index);
  }

  @Override
  public final int label(int index) {
    return shards.label(index);
  }

  @Override
  public final List<String> classNames() {
    return shards.classNames();
  }

  @Override
  public final int[] stretches() {
    return shards.stretches();
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final void close() {
    shards.close();
  }
}
