package dev.kindred.text.data;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.ShardContent;
import dev.kindred.data.ShardExamples;
import dev.kindred.data.TarShards;
import dev.kindred.text.TextExample;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The texts in tar shards, as WebDataset lays them out: each entry called {@code .txt} is one text,
 * in UTF-8, stripped, each with its class in the {@code .cls} beside it if it has one. See {@link
 * TarShards} for what is read, and what is refused.
 *
 * <p>Ids are the keys. The {@link #stretches} are the shards. Texts are read at {@link #get} only:
 * those that are no UTF-8, blank, or longer than {@value #MAX_BYTES} bytes stay in the set, and
 * {@code get} throws for them; and none has {@link #keys}, so that equal texts may come into one
 * batch. Immutable and safe for use from several threads.
 */
public final class TarTexts extends ShardExamples<TextExample> {
  /** The most bytes of a text: 16 MiB. */
  public static final int MAX_BYTES = 16 << 20;

  private static final ShardContent CONTENT = new ShardContent("text", Set.of("txt"), MAX_BYTES);
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TarTexts(TarShards shards, String description) {
    super(shards, description);
  }

  /**
   * Opens shards.
   *
   * @param pattern their path, with wildcards and ranges as {@link TarShards#open} takes them
   * @throws dev.kindred.runtime.KindredException as there
   * @throws IllegalArgumentException as there
   */
  public static TarTexts open(String pattern) {
    return new TarTexts(TarShards.open(pattern, CONTENT), "tar " + pattern);
  }

  @Override
  public TextExample get(int index) {
    String text = text(index);
    if (text.isEmpty()) {
      throw new CorruptExampleException(id(index), "has no text", null);
    }
    return TextExample.of(text);
  }

  private String text(int index) {
    ByteBuffer bytes = ByteBuffer.wrap(shards().content(index));
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
    } catch (CharacterCodingException e) {
      throw new CorruptExampleException(
          id(index), "is no UTF-8 text behind byte " + bytes.position(), e);
    }
  }
}
