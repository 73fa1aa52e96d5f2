package dev.kindred.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Function;

/** A saved encoder, as executors get at it. */
interface Model extends Serializable {
  /** What tells this model from all others, and from itself before it was trained anew. */
  Object version();

  /**
   * What {@code use} makes of the model's folder, which may be gone afterwards.
   *
   * @throws dev.kindred.runtime.KindredException if this executor has no such folder
   */
  <T> T in(Function<Path, T> use);
}
