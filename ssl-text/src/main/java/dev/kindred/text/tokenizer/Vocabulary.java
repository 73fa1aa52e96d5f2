package dev.kindred.text.tokenizer;

import dev.kindred.runtime.Require;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pieces by number and numbers by piece. Ids are {@code [0, size)}, each given once. */
final class Vocabulary {
  private static final List<String> PADDINGS =
      List.of("[PAD]", "<pad>", "<|padding|>", "<|endoftext|>", "</s>");
  private static final List<String> MASKS = List.of("[MASK]", "<mask>");

  private final List<String> pieces;
  private final Map<String, Integer> ids;

  private Vocabulary(List<String> pieces, Map<String, Integer> ids) {
    this.pieces = pieces;
    this.ids = ids;
  }

  /**
   * Numbers pieces in their order.
   *
   * @throws IllegalArgumentException if one is empty, or there twice
   */
  static Vocabulary of(List<String> pieces) {
    Map<String, Integer> ids = new HashMap<>(pieces.size() * 2);
    for (int id = 0; id < pieces.size(); id++) {
      Require.that(!pieces.get(id).isEmpty(), "piece " + id, "one character or more", "empty");
      Integer before = ids.putIfAbsent(pieces.get(id), id);
      if (before != null) {
        throw new IllegalArgumentException(
            "pieces must differ, were %d and %d both \"%s\"".formatted(before, id, pieces.get(id)));
      }
    }
    return new Vocabulary(List.copyOf(pieces), ids);
  }

  /**
   * Orders pieces by their numbers.
   *
   * @throws IllegalArgumentException if two share a number, or one of {@code [0, size)} is missing
   */
  static Vocabulary of(Map<String, Integer> ids) {
    @Nullable String[] pieces = new String[ids.size()];
    ids.forEach((piece, id) -> place(pieces, piece, id));
    for (int id = 0; id < pieces.length; id++) {
      if (pieces[id] == null) {
        throw new IllegalArgumentException(
            "ids must be 0 to %d without gaps, none was %d".formatted(pieces.length - 1, id));
      }
    }
    return of(Stream.of(pieces).map(Objects::requireNonNull).toList());
  }

  private static void place(@Nullable String[] pieces, String piece, int id) {
    if (id < 0 || id >= pieces.length) {
      throw new IllegalArgumentException(
          "ids of %d pieces must be 0 to %d without gaps, that of \"%s\" was %d"
              .formatted(pieces.length, pieces.length - 1, piece, id));
    }
    if (pieces[id] != null) {
      throw new IllegalArgumentException(
          "ids must differ, were %d for both \"%s\" and \"%s\"".formatted(id, pieces[id], piece));
    }
    pieces[id] = piece;
  }

  int size() {
    return pieces.size();
  }

  List<String> pieces() {
    return pieces;
  }

  String piece(int id) {
    return pieces.get(Objects.checkIndex(id, pieces.size()));
  }

  Map<String, Integer> ids() {
    return ids;
  }

  boolean contains(String piece) {
    return ids.containsKey(piece);
  }

  /**
   * The id of a piece that must be there.
   *
   * @throws IllegalArgumentException if it is not
   */
  int require(String piece) {
    Integer id = ids.get(piece);
    if (id == null) {
      throw new IllegalArgumentException(
          "pieces must include \"%s\", do not among these %d".formatted(piece, pieces.size()));
    }
    return id;
  }

  /**
   * The piece that fills up, by the names that are usual for it.
   *
   * @throws IllegalArgumentException if there is none
   */
  int padding() {
    return first(PADDINGS)
        .orElseThrow(() -> new IllegalArgumentException("pieces must include one of " + PADDINGS));
  }

  OptionalInt mask() {
    return first(MASKS);
  }

  private OptionalInt first(List<String> names) {
    return names.stream().filter(this::contains).mapToInt(this::require).findFirst();
  }
}
