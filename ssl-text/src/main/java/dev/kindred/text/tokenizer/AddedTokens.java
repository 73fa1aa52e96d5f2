package dev.kindred.text.tokenizer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@link AddedToken}s in a text: the leftmost, and of those that start together the longest;
 * those that are not of the normalised text first, as Hugging Face's libraries do.
 */
final class AddedTokens {
  private final List<AddedToken> tokens;
  private final Map<String, AddedToken> byContent = new HashMap<>();
  private final @Nullable Pattern raw;
  private final @Nullable Pattern normalized;

  AddedTokens(List<AddedToken> tokens) {
    this.tokens = List.copyOf(tokens);
    tokens.forEach(token -> byContent.put(token.content(), token));
    raw = pattern(token -> !token.normalized());
    normalized = pattern(AddedToken::normalized);
  }

  /** Marks that are found wherever a text spells them out. */
  static AddedTokens specials(Vocabulary vocabulary, List<String> contents) {
    return new AddedTokens(
        contents.stream()
            .filter(vocabulary::contains)
            .map(content -> AddedToken.special(vocabulary, content))
            .toList());
  }

  List<AddedToken> tokens() {
    return tokens;
  }

  /** Passes each token's id and each stretch of text between, in their order. */
  void split(String text, IntConsumer token, Consumer<String> between) {
    split(raw, text, token, part -> split(normalized, part, token, between));
  }

  private void split(
      @Nullable Pattern pattern, String text, IntConsumer token, Consumer<String> between) {
    int start = 0;
    if (pattern != null) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        AddedToken found = found(matcher);
        pass(
            text,
            start,
            found.stripLeft() ? strippedEnd(text, start, matcher) : matcher.start(),
            between);
        token.accept(found.id());
        start = found.stripRight() ? spacesEnd(text, matcher.end()) : matcher.end();
      }
    }
    pass(text, start, text.length(), between);
  }

  private AddedToken found(Matcher matcher) {
    AddedToken found = byContent.get(matcher.group());
    if (found == null) {
      throw new IllegalStateException("no token " + matcher.group());
    }
    return found;
  }

  private static void pass(String text, int start, int end, Consumer<String> between) {
    if (start < end) {
      between.accept(text.substring(start, end));
    }
  }

  /** Where the white space before a match begins, which an earlier match may have taken. */
  private static int strippedEnd(String text, int start, Matcher matcher) {
    int end = matcher.start();
    while (end > start && Characters.isWhiteSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static int spacesEnd(String text, int from) {
    int end = from;
    while (end < text.length() && Characters.isWhiteSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private @Nullable Pattern pattern(Predicate<AddedToken> which) {
    String alternatives =
        tokens.stream()
            .filter(which)
            .map(AddedToken::content)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return alternatives.isEmpty() ? null : Pattern.compile(alternatives);
  }
}
