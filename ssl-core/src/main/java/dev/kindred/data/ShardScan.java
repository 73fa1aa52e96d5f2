package dev.kindred.data;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the headers of one tar file, and the classes, which are a few bytes each. */
final class ShardScan {
  private static final Logger LOG = LoggerFactory.getLogger(ShardScan.class);
  private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;
  private static final int SHOWN = 8;
  private static final String CLASS = "cls";
  private static final Pattern ABSOLUTE = Pattern.compile("[/\\\\].*|[A-Za-z]:[/\\\\].*");
  private static final Pattern UPWARDS = Pattern.compile("(.*[/\\\\])?\\.\\.([/\\\\].*)?");

  private final Path file;
  private final ShardContent content;
  private final Shard.Builder examples = new Shard.Builder();
  private final Set<String> otherExtensions = new TreeSet<>();
  private int entries;
  private int passedOver;
  private String whyPassed = "";
  private String last = "";

  // The example whose entries are coming.
  private String key = "";
  private String extension = "";
  private long offset;
  private long size;
  private String className = "";

  private ShardScan(Path file, ShardContent content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Finds the examples.
   *
   * @throws KindredException as {@link TarShards#open} says
   */
  static Shard of(Path file, ShardContent content) {
    try (FileChannel channel = FileChannel.open(file)) {
      return new ShardScan(file, content).scan(channel);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static String unpacking(String packing) {
    return switch (packing) {
      case CompressorStreamFactory.GZIP -> "gunzip";
      case CompressorStreamFactory.ZSTANDARD -> "unzstd";
      case CompressorStreamFactory.XZ -> "unxz";
      case CompressorStreamFactory.BZIP2 -> "bunzip2";
      default -> "the program that packed it";
    };
  }

  private Shard scan(FileChannel channel) throws IOException {
    long length = channel.size();
    if (length == 0) {
      throw new KindredException(file + ": is empty; write or copy it again");
    }
    HeaderStream headers = new HeaderStream(channel);
    long end = 0;
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(headers, StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        long start = headers.position();
        requireWithin(entry, start, length);
        add(entry, start, channel);
        end = start + (entry.isDirectory() ? 0 : padded(entry.getSize()));
        headers.passTo(end);
      }
    }
    requireEndMark(channel, end);
    endExample();
    warn();
    requireSome();
    return examples.build(file);
  }

  private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) {
    TarArchiveEntry entry;
    try {
      entry = tar.getNextEntry();
    } catch (IOException | RuntimeException e) { // the parser throws both on damage
      throw damaged(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
    if (entry == null) {
      return null;
    }
    if (!entry.isCheckSumOK()) {
      throw damaged("a header's checksum is wrong", null);
    }
    if (++entries > TarShards.MAX_ENTRIES) {
      throw new KindredException(
          "%s: has more than %,d entries; write it as several shards"
              .formatted(file, TarShards.MAX_ENTRIES));
    }
    return entry;
  }

  private KindredException damaged(String reason, @Nullable Exception cause) {
    return entries == 0
        ? noTar(reason, cause)
        : new KindredException(
            "%s: damaged behind %s (%s); write or copy it again".formatted(file, last, reason),
            cause);
  }

  private KindredException noTar(String reason, @Nullable Exception cause) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      String packing = CompressorStreamFactory.detect(in);
      return new KindredException(
          "%s: is packed (%s), so that an example is found only by unpacking all before it; unpack it by %s"
              .formatted(file, packing, unpacking(packing)),
          cause);
    } catch (CompressorException unknown) {
      return new KindredException(
          "%s: is no tar file (%s); give the path of one".formatted(file, reason), cause);
    } catch (IOException e) {
      return FileErrors.cannotRead(file, e);
    }
  }

  private void requireWithin(TarArchiveEntry entry, long start, long length) {
    last = shown(entry);
    if (entry.isSparse()) {
      throw new KindredException(
          "%s: %s is stored as a sparse file; write the shard again without tar's --sparse"
              .formatted(file, last));
    }
    if (entry.getSize() < 0 || entry.getSize() > length - start) {
      throw new KindredException(
          "%s: cut short: %s has %,d bytes, but the file ends after %,d of them; write or copy it again"
              .formatted(file, last, entry.getSize(), Math.max(0, length - start)));
    }
  }

  /** Tar ends by records of zeros: where they are missing, so may be entries. */
  private void requireEndMark(FileChannel channel, long end) throws IOException {
    ByteBuffer mark = ByteBuffer.allocate(RECORD);
    while (mark.hasRemaining() && channel.read(mark, end + mark.position()) >= 0) {
      // A channel may give less than it is asked for.
    }
    if (mark.hasRemaining() && entries == 0) {
      throw noTar("it has no whole header", null);
    }
    if (mark.hasRemaining()) {
      throw new KindredException(
          "%s: cut short: it ends behind %s without tar's mark of the end; write or copy it again"
              .formatted(file, last));
    }
  }

  private void add(TarArchiveEntry entry, long start, FileChannel channel) throws IOException {
    String name = relative(entry.getName());
    if (entry.isDirectory() || !isAllowed(entry, name)) {
      return;
    }
    int base = name.lastIndexOf('/') + 1;
    int dot = name.indexOf('.', base);
    if (dot <= base) { // as WebDataset has it: hidden files and those without an extension
      return;
    }
    if (!name.substring(0, dot).equals(key)) {
      endExample();
      key = name.substring(0, dot);
    }
    addPart(name.substring(dot + 1).toLowerCase(Locale.ROOT), start, entry.getSize(), channel);
  }

  private void addPart(String kind, long start, long bytes, FileChannel channel)
      throws IOException {
    if (kind.equals(CLASS)) {
      className = className(start, bytes, channel);
    } else if (!content.extensions().contains(kind)) {
      if (otherExtensions.size() < SHOWN) {
        otherExtensions.add("." + kind);
      }
    } else if (extension.isEmpty()) {
      extension = kind;
      offset = start;
      size = bytes;
    }
  }

  private void endExample() {
    if (!extension.isEmpty()) {
      examples.add(key, extension, offset, size, className);
    }
    extension = "";
    className = "";
  }

  private String className(long start, long bytes, FileChannel channel) throws IOException {
    if (bytes > TarShards.MAX_CLASS_BYTES) {
      throw new KindredException(
          "%s: %s has %,d bytes, but a class at most %,d; it must be a number or a name"
              .formatted(file, last, bytes, TarShards.MAX_CLASS_BYTES));
    }
    ByteBuffer text = ByteBuffer.allocate((int) bytes);
    while (text.hasRemaining() && channel.read(text, start + text.position()) >= 0) {
      // A channel may give less than it is asked for.
    }
    return new String(text.array(), StandardCharsets.UTF_8).strip();
  }

  /** Whether an entry is a file in the shard's own tree; others are counted. */
  private boolean isAllowed(TarArchiveEntry entry, String name) {
    byte flag = entry.getLinkFlag();
    boolean plain =
        flag == TarConstants.LF_NORMAL
            || flag == TarConstants.LF_OLDNORM
            || flag == TarConstants.LF_CONTIG;
    if (!plain) {
      return passOver("is a link, a device or another thing without content");
    }
    return !ABSOLUTE.matcher(name).matches() && !UPWARDS.matcher(name).matches()
        || passOver("is an absolute path, or has .. in it");
  }

  private boolean passOver(String reason) {
    if (passedOver++ == 0) {
      whyPassed = last + " " + reason;
    }
    return false;
  }

  private void warn() {
    if (passedOver > 0) {
      LOG.warn("{}: {} entries are passed over: {}", file, passedOver, whyPassed);
    }
  }

  private void requireSome() {
    if (examples.size() == 0) {
      throw new KindredException(
          "%s: holds no %s; entries must be called %s, but %s"
              .formatted(
                  file,
                  content.noun(),
                  String.join(
                      ", ", content.extensions().stream().sorted().map(e -> "." + e).toList()),
                  found()));
    }
  }

  private String found() {
    if (otherExtensions.isEmpty()) {
      return entries == 0 ? "there is none" : "none has an extension that counts";
    }
    return "are " + String.join(", ", otherExtensions);
  }

  private static String relative(String name) {
    String rest = name;
    while (rest.startsWith("./")) {
      rest = rest.substring(2);
    }
    return rest;
  }

  /** A name for messages: one line, not too long. */
  private static String shown(TarArchiveEntry entry) {
    String name = entry.getName().replaceAll("\\p{Cntrl}", "?");
    return name.length() <= 200 ? name : name.substring(0, 200) + "...";
  }

  private static long padded(long size) {
    return (size + RECORD - 1) / RECORD * RECORD;
  }
}
