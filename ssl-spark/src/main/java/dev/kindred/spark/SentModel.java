package dev.kindred.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A saved encoder that the driver sends to executors, which pass it on among themselves. It lies on
 * their disks only while it is opened.
 *
 * <p>Spark's own way for files and archives sends no folders of a local disk, and in Spark 4.0
 * keeps what was added to the context from the jobs of sessions.
 *
 * @param digest of what is in the folder
 * @param files the contents of the folder by relative path; of classes that every serializer of
 *     Spark knows
 */
record SentModel(String digest, Broadcast<TreeMap<String, byte[]>> files) implements Model {
  private static final long serialVersionUID = 1L;

  private static final Map<String, SentModel> SENT = new ConcurrentHashMap<>();

  /**
   * Sends a folder, once for the life of an application.
   *
   * @throws dev.kindred.runtime.KindredException if it cannot be read, or a file in it is too large
   */
  static SentModel of(Path folder, JavaSparkContext context) {
    TreeMap<String, byte[]> files = FolderContents.read(folder);
    String digest = FolderContents.digest(files);
    return SENT.computeIfAbsent(
        context.sc().applicationId() + " " + digest,
        key -> new SentModel(digest, context.broadcast(files)));
  }

  @Override
  public Object version() {
    return digest;
  }

  @Override
  public <T> T in(Function<Path, T> use) {
    return FolderContents.unpacked(files.value(), use);
  }
}
