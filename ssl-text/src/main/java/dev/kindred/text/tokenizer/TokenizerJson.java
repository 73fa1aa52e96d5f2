package dev.kindred.text.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This library's tokenizers in the format of Hugging Face's {@code tokenizer.json}. */
final class TokenizerJson {
  private TokenizerJson() {}

  static Map<String, Object> of(
      FramedTokenizer tokenizer, BertWords words, WordPiece.Spelling spelling) {
    return pipeline(
        tokenizer,
        object(
            "type", "BertNormalizer",
            "clean_text", words.clean(),
            "handle_chinese_chars", words.chinese(),
            "strip_accents", words.stripAccents(),
            "lowercase", words.lowerCase()),
        object("type", "BertPreTokenizer"),
        object("type", "WordPiece", "prefix", spelling.continuation(), "cleanup", true),
        object(
            "type", "WordPiece",
            "unk_token", spelling.unknown(),
            "continuing_subword_prefix", spelling.continuation(),
            "max_input_chars_per_word", spelling.longestWord(),
            "vocab", vocab(tokenizer.vocabulary())));
  }

  static Map<String, Object> of(FramedTokenizer tokenizer, Merges merges, boolean prefixSpace) {
    Map<String, Object> byteLevel =
        object(
            "type",
            "ByteLevel",
            "add_prefix_space",
            prefixSpace,
            "trim_offsets",
            true,
            "use_regex",
            true);
    return pipeline(
        tokenizer,
        null,
        byteLevel,
        byteLevel,
        object(
            "type",
            "BPE",
            "dropout",
            null,
            "unk_token",
            null,
            "continuing_subword_prefix",
            null,
            "end_of_word_suffix",
            null,
            "fuse_unk",
            false,
            "byte_fallback",
            false,
            "ignore_merges",
            false,
            "vocab",
            vocab(tokenizer.vocabulary()),
            "merges",
            merges.spelt(tokenizer.vocabulary())));
  }

  private static Map<String, Object> pipeline(
      FramedTokenizer tokenizer,
      @Nullable Object normalizer,
      Object preTokenizer,
      Object decoder,
      Object model) {
    return object(
        "version",
        "1.0",
        "truncation",
        null,
        "padding",
        null,
        "added_tokens",
        tokenizer.added().tokens().stream().map(TokenizerJson::token).toList(),
        "normalizer",
        normalizer,
        "pre_tokenizer",
        preTokenizer,
        "post_processor",
        template(tokenizer),
        "decoder",
        decoder,
        "model",
        model);
  }

  private static Map<String, Object> token(AddedToken token) {
    return object(
        "id", token.id(),
        "content", token.content(),
        "single_word", false,
        "lstrip", token.stripLeft(),
        "rstrip", token.stripRight(),
        "normalized", token.normalized(),
        "special", token.special());
  }

  private static Map<String, Integer> vocab(Vocabulary vocabulary) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    vocabulary.pieces().forEach(piece -> ids.put(piece, ids.size()));
    return ids;
  }

  private static @Nullable Object template(FramedTokenizer tokenizer) {
    Frame frame = tokenizer.frame();
    if (frame.equals(Frame.NONE)) {
      return null;
    }
    Vocabulary vocabulary = tokenizer.vocabulary();
    List<Object> single = framed(vocabulary, frame, "A", 0);
    List<Object> pair = new ArrayList<>(single);
    pair.addAll(framed(vocabulary, new Frame(List.of(), frame.after()), "B", 1));
    Map<String, Object> marks = new TreeMap<>();
    Stream.concat(frame.before().stream(), frame.after().stream())
        .forEach(id -> marks.put(vocabulary.piece(id), mark(vocabulary.piece(id), id)));
    return object(
        "type", "TemplateProcessing", "single", single, "pair", pair, "special_tokens", marks);
  }

  private static List<Object> framed(
      Vocabulary vocabulary, Frame frame, String sequence, int segment) {
    List<Object> items = new ArrayList<>();
    frame.before().forEach(id -> items.add(item("SpecialToken", vocabulary.piece(id), segment)));
    items.add(item("Sequence", sequence, segment));
    frame.after().forEach(id -> items.add(item("SpecialToken", vocabulary.piece(id), segment)));
    return items;
  }

  private static Map<String, Object> item(String kind, String id, int segment) {
    return object(kind, object("id", id, "type_id", segment));
  }

  private static Map<String, Object> mark(String piece, int id) {
    return object("id", piece, "ids", List.of(id), "tokens", List.of(piece));
  }

  /** An object of names and values by turns. */
  @SuppressWarnings("NullAway") // JSON has null
  private static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
