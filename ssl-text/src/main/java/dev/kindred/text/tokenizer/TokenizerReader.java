package dev.kindred.text.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Hugging Face's {@code tokenizer.json} where it is BERT's pipeline or RoBERTa's. Truncation
 * and padding, which the file may ask for, are left to whoever makes batches.
 */
final class TokenizerReader {
  private static final Set<String> FRAMES =
      Set.of("", "TemplateProcessing", "BertProcessing", "RobertaProcessing", "ByteLevel");

  private final Fields root;
  private final Fields normalizer;
  private final Fields preTokenizer;
  private final Fields postProcessor;
  private final Fields model;
  private final List<AddedToken> added = new ArrayList<>();
  private boolean wholeWords;

  TokenizerReader(Map<String, Object> json) {
    root = new Fields("", json).ignore("version", "truncation", "padding", "decoder");
    normalizer = part("normalizer");
    preTokenizer = part("pre_tokenizer");
    postProcessor = part("post_processor");
    model = root.requireObject("model");
    root.objects("added_tokens").forEach(this::addToken);
  }

  private Fields part(String name) {
    return root.object(name).orElseGet(() -> new Fields(name, Map.of()));
  }

  private void addToken(Fields token) {
    wholeWords |= token.flag("single_word");
    added.add(
        new AddedToken(
            token.text("content"),
            token.number("id"),
            token.flag("lstrip"),
            token.flag("rstrip"),
            token.flag("normalized"),
            token.flag("special")));
    token.end();
  }

  /**
   * The tokenizer, if this library has its pipeline.
   *
   * @throws IllegalArgumentException if the file is of such a pipeline and not right
   */
  Optional<Tokenizer> read() {
    if (wholeWords || !isFrame(postProcessor)) {
      return Optional.empty();
    }
    return isBert() ? wordPiece() : isBytes() ? bytePairs() : Optional.empty();
  }

  private static boolean isFrame(Fields processor) {
    return processor.type().equals("Sequence")
        ? processor.objects("processors").stream().allMatch(TokenizerReader::isFrame)
        : FRAMES.contains(processor.type());
  }

  /** The pieces by id, of any pipeline. */
  Vocabulary vocabulary() {
    Map<String, Integer> ids = new HashMap<>();
    Object pieces = model.require("vocab");
    if (pieces instanceof List<?> scored) {
      scored.forEach(
          pair -> ids.put(Fields.cast(String.class, "model.vocab", first(pair)), ids.size()));
    } else {
      Map<?, ?> numbered = Fields.cast(Map.class, "model.vocab", pieces);
      numbered.forEach((piece, id) -> ids.put(String.valueOf(piece), number(piece, id)));
    }
    added.forEach(token -> merge(ids, token));
    return Vocabulary.of(ids);
  }

  private static Object first(Object pair) {
    List<Object> parts = Fields.items("model.vocab", pair);
    return parts.isEmpty() ? parts : parts.get(0);
  }

  private static int number(Object piece, @Nullable Object id) {
    return Fields.cast(Integer.class, "the id of \"" + piece + "\"", id);
  }

  private static void merge(Map<String, Integer> ids, AddedToken token) {
    Integer before = ids.putIfAbsent(token.content(), token.id());
    if (before != null && before != token.id()) {
      throw new IllegalArgumentException(
          "\"%s\" must have one id, was %d among the pieces and %d among added_tokens"
              .formatted(token.content(), before, token.id()));
    }
  }

  private boolean isBert() {
    return normalizer.type().equals("BertNormalizer")
        && preTokenizer.type().equals("BertPreTokenizer")
        && isModel("WordPiece", "max_input_chars_per_word")
        && added.stream().noneMatch(AddedToken::normalized);
  }

  private boolean isBytes() {
    return normalizer.names().isEmpty()
        && preTokenizer.type().equals("ByteLevel")
        && preTokenizer.optionalFlag("use_regex").orElse(true)
        && isModel("BPE", "merges")
        && model.fraction("dropout") == 0
        && model.optionalText("continuing_subword_prefix").orElse("").isEmpty()
        && model.optionalText("end_of_word_suffix").orElse("").isEmpty()
        && !model.optionalFlag("ignore_merges").orElse(false)
        && !model.optionalFlag("byte_fallback").orElse(false);
  }

  /** Older files name no type. */
  private boolean isModel(String type, String field) {
    return model.type().equals(type) || (model.type().isEmpty() && model.names().contains(field));
  }

  private Optional<Tokenizer> wordPiece() {
    preTokenizer.end();
    Vocabulary vocabulary = vocabulary();
    WordPiece.Spelling spelling =
        new WordPiece.Spelling(
            model.text("unk_token"),
            model.text("continuing_subword_prefix"),
            model.number("max_input_chars_per_word"));
    BertWords words = bertWords();
    end();
    return Optional.of(
        new WordPiece(vocabulary, new AddedTokens(added), frame(postProcessor), words, spelling));
  }

  private BertWords bertWords() {
    boolean lowerCase = normalizer.flag("lowercase");
    BertWords words =
        new BertWords(
            normalizer.flag("clean_text"),
            normalizer.flag("handle_chinese_chars"),
            normalizer.optionalFlag("strip_accents").orElse(lowerCase),
            lowerCase);
    normalizer.end();
    return words;
  }

  private Optional<Tokenizer> bytePairs() {
    boolean prefixSpace = preTokenizer.flag("add_prefix_space");
    preTokenizer.ignore("trim_offsets").end();
    Vocabulary vocabulary = vocabulary();
    Merges merges = new Merges(vocabulary, pairs(vocabulary));
    model.ignore("unk_token", "fuse_unk");
    end();
    return Optional.of(
        new BytePairs(
            vocabulary, new AddedTokens(added), frame(postProcessor), merges, prefixSpace));
  }

  private void end() {
    model.end();
    root.end();
  }

  private List<Merges.Pair> pairs(Vocabulary vocabulary) {
    return model.list("merges").stream().map(merge -> pair(merge, vocabulary)).toList();
  }

  /** A merge is {@code "a b"} in older files, {@code ["a", "b"]} in newer ones. */
  private static Merges.Pair pair(Object merge, Vocabulary vocabulary) {
    List<?> parts = merge instanceof String text ? List.of(text.split(" ", -1)) : asList(merge);
    if (parts.size() != 2) {
      throw new IllegalArgumentException("model.merges must be of two pieces each, was " + merge);
    }
    return new Merges.Pair(id(vocabulary, parts.get(0)), id(vocabulary, parts.get(1)));
  }

  private static List<Object> asList(Object merge) {
    return Fields.items("model.merges", merge);
  }

  private static int id(Vocabulary vocabulary, Object piece) {
    return vocabulary.require(Fields.cast(String.class, "model.merges", piece));
  }

  private static Frame frame(Fields processor) {
    Frame frame =
        switch (processor.type()) {
          case "TemplateProcessing" -> template(processor);
          case "BertProcessing", "RobertaProcessing" ->
              new Frame(List.of(marked(processor, "cls")), List.of(marked(processor, "sep")));
          case "Sequence" -> sequence(processor);
          default -> Frame.NONE;
        };
    processor.ignore("trim_offsets", "add_prefix_space", "use_regex").end();
    return frame;
  }

  /** A mark as {@code ["[CLS]", 101]}. */
  private static int marked(Fields processor, String name) {
    List<Object> parts = processor.list(name);
    if (parts.size() != 2) {
      throw new IllegalArgumentException(
          "post_processor.%s must be a piece and its id, was %s".formatted(name, parts));
    }
    return Fields.cast(Integer.class, "post_processor." + name, parts.get(1));
  }

  private static Frame sequence(Fields sequence) {
    List<Frame> frames =
        sequence.objects("processors").stream()
            .map(TokenizerReader::frame)
            .filter(frame -> !frame.equals(Frame.NONE))
            .toList();
    if (frames.size() > 1) {
      throw new IllegalArgumentException(
          "post_processor must put marks around a text once, does so %d times"
              .formatted(frames.size()));
    }
    return frames.isEmpty() ? Frame.NONE : frames.get(0);
  }

  private static Frame template(Fields template) {
    Fields marks = template.ignore("pair").requireObject("special_tokens");
    List<List<Integer>> sides = List.of(new ArrayList<>(), new ArrayList<>());
    int side = 0;
    for (Fields item : template.objects("single")) {
      if (item.names().contains("Sequence")) {
        side++;
      } else {
        String mark = item.requireObject("SpecialToken").text("id");
        sides.get(Math.min(side, 1)).addAll(ids(marks.requireObject(mark)));
      }
    }
    if (side != 1) {
      throw new IllegalArgumentException(
          "post_processor.single must hold one Sequence, was " + side);
    }
    return new Frame(sides.get(0), sides.get(1));
  }

  private static List<Integer> ids(Fields mark) {
    return mark.list("ids").stream()
        .map(id -> Fields.cast(Integer.class, "post_processor.special_tokens.ids", id))
        .toList();
  }
}
