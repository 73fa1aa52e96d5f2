package dev.kindred.data;

import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.PositionalFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Examples in tar files, as <a href="https://github.com/webdataset/webdataset">WebDataset</a> lays
 * them out: what follows each other under one key is one example. The key is an entry's path up to
 * the first dot of its last part, the rest its extension, in any letter case. The first entry of an
 * example whose extension counts is its content; {@code .cls} is its class, a number from 0 or a
 * name; other entries are passed over, and so are hidden files, links, devices, absolute paths and
 * such with {@code ..} in them, of which the log says how many.
 *
 * <p>Only headers and classes are read when shards are opened, of several at once; kept are some
 * twenty bytes for each example, and its key. Contents are read when they are asked for, from any
 * thread, and never written anywhere. Files must not be changed meanwhile.
 *
 * <p>Shards are in the order of their paths, examples in that of their shard. A {@code classes.txt}
 * beside the shards names their classes in the order of their numbers; without one, they are
 * numbers, or else names in alphabetical order.
 */
public final class TarShards implements AutoCloseable {
  /** The most entries of a shard. */
  public static final int MAX_ENTRIES = 1 << 22;

  /** The most bytes of a {@code .cls} entry. */
  public static final int MAX_CLASS_BYTES = 1024;

  /** The most files that are open at once. */
  static final int MAX_OPEN = 64;

  private final ShardContent content;
  private final List<Shard> shards;
  private final List<PositionalFile> files;
  private final int[] firsts;
  private final int size;
  private final ShardLabels labels;
  private final Map<Integer, PositionalFile> open = new LinkedHashMap<>(16, 0.75f, true);

  private TarShards(ShardContent content, List<Shard> shards) {
    this.content = content;
    this.shards = shards;
    this.files = shards.stream().map(shard -> new PositionalFile(shard.file())).toList();
    this.firsts = new int[shards.size()];
    long count = 0;
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = (int) count;
      count += shards.get(i).size();
      requireCountable(count);
    }
    this.size = (int) count;
    this.labels = ShardLabels.of(shards);
    requireUnique();
  }

  /**
   * Finds the examples of shards.
   *
   * @param pattern a path, with wildcards as in a shell; {@code {000..009}} stands for each number
   *     of a range; a folder for the {@code .tar} files in it
   * @throws KindredException if no file is called so, or one may not be read, is packed, is no tar
   *     file, is cut short or damaged, has more than {@value #MAX_ENTRIES} entries or none that
   *     counts; if two examples have one key; if a class is longer than {@value #MAX_CLASS_BYTES}
   *     bytes, or not one of those that {@code classes.txt} names
   * @throws IllegalArgumentException if {@code pattern} is none
   */
  public static TarShards open(String pattern, ShardContent content) {
    List<Path> paths = ShardPattern.files(pattern);
    Shard first = ShardScan.of(paths.get(0), content); // alone: what is wrong with all shows here
    Stream<Shard> others =
        paths.subList(1, paths.size()).parallelStream().map(path -> ShardScan.of(path, content));
    return new TarShards(content, Stream.concat(Stream.of(first), others).toList());
  }

  /** The number of examples, at least one. */
  public int size() {
    return size;
  }

  /** What names an example, in no two shards. */
  public String key(int index) {
    Shard shard = shards.get(shard(index));
    return shard.key(within(index));
  }

  /** The extension of an example's content, in lower case, without the dot. */
  public String extension(int index) {
    Shard shard = shards.get(shard(index));
    return shard.extension(within(index));
  }

  /** The class of an example, or {@link Dataset#NO_LABEL}. */
  public int label(int index) {
    Shard shard = shards.get(shard(index));
    int name = shard.classes()[within(index)];
    return name == Dataset.NO_LABEL ? name : labels.label(shard.classNames().get(name));
  }

  /** The names of the classes in the order of their labels; empty if nothing is labelled. */
  public List<String> classNames() {
    return labels.names();
  }

  /** The first example of each shard. */
  public int[] stretches() {
    return firsts.clone();
  }

  /**
   * The content of an example.
   *
   * @throws CorruptExampleException if it is larger than {@link ShardContent#mostBytes}
   * @throws KindredException if its shard cannot be read any more, or has become shorter
   */
  public byte[] content(int index) {
    int number = shard(index);
    Shard shard = shards.get(number);
    int example = within(index);
    int bytes = shard.sizes()[example];
    if (bytes > content.mostBytes()) {
      throw new CorruptExampleException(
          key(index), "over the limit of %,d bytes".formatted(content.mostBytes()), null);
    }
    return file(number).read(shard.offsets()[example], bytes);
  }

  /** Closes the files; may be called twice. */
  @Override
  public void close() {
    files.forEach(PositionalFile::close);
  }

  /** A shard's file; of those that are open, the one that was not asked for longest is closed. */
  private PositionalFile file(int shard) {
    synchronized (open) {
      PositionalFile file = files.get(shard);
      open.put(shard, file);
      if (open.size() > MAX_OPEN) {
        Iterator<PositionalFile> eldest = open.values().iterator();
        eldest.next().release();
        eldest.remove();
      }
      return file;
    }
  }

  private int shard(int index) {
    int found = Arrays.binarySearch(firsts, Objects.checkIndex(index, size));
    return found < 0 ? -found - 2 : found;
  }

  private int within(int index) {
    return index - firsts[shard(index)];
  }

  private static void requireCountable(long count) {
    if (count > Integer.MAX_VALUE) {
      throw new KindredException(
          "the shards hold more than %,d examples; open fewer".formatted(Integer.MAX_VALUE));
    }
  }

  /**
   * Keys whose hashes are alike are few, and compared in full; so no set of all keys is in memory.
   */
  private void requireUnique() {
    Set<Integer> alike = new HashSet<>();
    int[] hashes = IntStream.range(0, size).parallel().map(i -> key(i).hashCode()).toArray();
    int[] sorted = hashes.clone();
    Arrays.parallelSort(sorted);
    for (int i = 1; i < size; i++) {
      if (sorted[i] == sorted[i - 1]) {
        alike.add(sorted[i]);
      }
    }
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Integer before = alike.contains(hashes[i]) ? seen.putIfAbsent(key(i), i) : null;
      if (before != null) {
        throw twice(before, i);
      }
    }
  }

  private KindredException twice(int one, int other) {
    Path first = shards.get(shard(one)).file();
    Path second = shards.get(shard(other)).file();
    String where =
        first.equals(second)
            ? "twice in " + first
            : "both in %s and in %s".formatted(first, second);
    return new KindredException(
        "the key %s is %s; examples need keys of their own: rename them, or leave one shard out"
            .formatted(key(one), where));
  }
}
