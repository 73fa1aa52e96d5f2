package dev.kindred.spark;

/** What becomes of a row whose image cannot be read. No row is lost either way. */
public enum Unreadable {
  /** The job fails, in one line that names the partition, the row, its value and the reason. */
  FAIL,

  /** The row's vector is null, and a line in the executor's log names it and the reason. */
  NULL_VECTOR
}
