package dev.kindred.data;

/** The examples of a set as files, which is what {@link ShardWriter} writes. */
public interface Encoded {
  /** What the file of example {@code index} ends in, in lower case, without the dot. */
  String extension(int index);

  /**
   * The bytes of the file of example {@code index}.
   *
   * @throws CorruptExampleException if this one example cannot be read
   */
  byte[] encoded(int index);
}
