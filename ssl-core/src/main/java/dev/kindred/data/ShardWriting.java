package dev.kindred.data;

import dev.kindred.runtime.KindredException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** One writing of shards. */
final class ShardWriting {
  /** How many examples are read at once, on all processors; all of them are in memory. */
  private static final int AHEAD = 32;

  private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

  private final ShardWriter settings;
  private final Dataset<?> data;
  private final Encoded contents;
  private final Runnable each;
  private final String[] keys;
  private final List<CorruptExampleException> skipped = new ArrayList<>();
  private @Nullable TarArchiveOutputStream shard;
  private @Nullable Path file;
  private int inShard;
  private long bytesInShard;
  private int shards;
  private int examples;
  private long bytes;

  ShardWriting(ShardWriter settings, Dataset<?> data, Encoded contents, Runnable each) {
    this.settings = settings;
    this.data = data;
    this.contents = contents;
    this.each = each;
    this.keys = ShardKeys.of(data, contents);
  }

  ShardWriter.Written written() {
    return new ShardWriter.Written(shards, examples, bytes, List.copyOf(skipped));
  }

  /** Writes everything into {@code folder}. */
  void run(Path folder, int[] order) throws IOException {
    try {
      for (int from = 0; from < order.length; from += AHEAD) {
        int[] some = Arrays.copyOfRange(order, from, Math.min(order.length, from + AHEAD));
        for (Read read : Arrays.stream(some).parallel().mapToObj(this::read).toList()) {
          add(folder, read);
          each.run();
        }
      }
    } finally {
      endShard();
    }
    if (examples == 0) {
      throw new KindredException(
          "%s: no example can be read; the first is %s"
              .formatted(data.description(), skipped.get(0).getMessage()));
    }
    if (!data.classNames().isEmpty()) {
      Files.write(folder.resolve(ShardLabels.NAMES_FILE), data.classNames());
    }
  }

  private record Read(int index, byte[] content, @Nullable CorruptExampleException failure) {}

  private Read read(int index) {
    try {
      return new Read(index, contents.encoded(index), null);
    } catch (CorruptExampleException e) {
      return new Read(index, new byte[0], e);
    }
  }

  private void add(Path folder, Read read) throws IOException {
    if (read.failure() != null) {
      skipped.add(read.failure());
      return;
    }
    int label = data.label(read.index());
    byte[] className = String.valueOf(label).getBytes(StandardCharsets.UTF_8);
    boolean labelled = label != Dataset.NO_LABEL;
    long size = stored(read.content()) + (labelled ? stored(className) : 0);
    TarArchiveOutputStream tar = shard(folder, size);
    String key = keys[read.index()];
    put(tar, key + "." + contents.extension(read.index()), read.content());
    if (labelled) {
      put(tar, key + ".cls", className);
    }
    inShard++;
    bytesInShard += size;
    examples++;
  }

  /** The shard that takes so many bytes more. */
  private TarArchiveOutputStream shard(Path folder, long more) throws IOException {
    boolean full =
        inShard == settings.mostExamples()
            || inShard > 0 && more > settings.mostBytes() - bytesInShard;
    if (full) {
      endShard();
    }
    return shard == null ? begin(folder) : shard;
  }

  private TarArchiveOutputStream begin(Path folder) throws IOException {
    Path path = folder.resolve(String.format(Locale.ROOT, "shard-%06d.tar", shards));
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    shards++;
    shard = tar;
    file = path;
    return tar;
  }

  private void endShard() throws IOException {
    if (shard != null && file != null) {
      shard.close();
      bytes += Files.size(file);
    }
    shard = null;
    inShard = 0;
    bytesInShard = 0;
  }

  /** Nothing of this machine or of now is in an entry, so that shards are equal bytes. */
  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setUserName("");
    entry.setGroupName("");
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static long stored(byte[] content) {
    return RECORD + (content.length + RECORD - 1L) / RECORD * RECORD;
  }
}
