package dev.kindred.data;

import java.util.Set;

/**
 * What is looked for in tar shards.
 *
 * @param noun what it is, for messages, such as {@code image}
 * @param extensions of the entries that are examples, in lower case, without the dot
 * @param mostBytes above which an entry is refused when it is read
 */
public record ShardContent(String noun, Set<String> extensions, int mostBytes) {
  /** Copies the extensions. */
  public ShardContent {
    extensions = Set.copyOf(extensions);
  }
}
