package dev.kindred.text;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.runtime.Require;
import dev.kindred.text.augment.TextAugmentation;
import dev.kindred.text.augment.TextSplit;
import dev.kindred.text.augment.WordChoice;
import dev.kindred.text.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;

/**
 * Texts as views: pieces of a tokenizer, each view of one part of an example with its own random
 * changes. Immutable.
 *
 * <p>On the host a text is cut into pieces and what is beyond the longest length is left out, and
 * counted ({@link #truncated}); everything random happens in the graph.
 *
 * <pre>{@code
 * TextViews simCse = TextViews.builder(tokenizer).view().view().build();
 * TextViews triplets = TextViews.builder(tokenizer).view(0).view(1).view(2).build();
 * }</pre>
 */
public final class TextViews implements ViewPipeline<TextExample, Tokens> {
  /** What kind of example these views are for. */
  public static final String DOMAIN = "text";

  /** The longest text unless told, in pieces. */
  public static final int DEFAULT_LENGTH = 64;

  private final TextPacker packer;
  private final List<View> views;

  /**
   * How a view is made, or two that are drawn together.
   *
   * @param part of the example, counted from 0
   * @param split what makes two of one that is changed
   */
  private record View(int part, List<TextAugmentation> changes, Optional<TextSplit> split) {
    static View of(int part, TextAugmentation... changes) {
      return new View(part, List.of(changes), Optional.empty());
    }

    int count() {
      return split.isPresent() ? TextSplit.VIEWS : 1;
    }

    /** Whether it is the text as it is. */
    boolean isWhole() {
      return changes.isEmpty() && split.isEmpty();
    }

    List<Tokens> apply(Ops tf, Tokens text, Randomness randomness) {
      Tokens tokens = text;
      int number = 0;
      for (TextAugmentation change : changes) {
        tokens = change.apply(tf, tokens, randomness.child("augmentation" + number++));
      }
      return split.isEmpty()
          ? List.of(tokens)
          : split.get().apply(tf, tokens, randomness.child("split"));
    }

    Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("part", part);
      settings.put("changes", changes.stream().map(TextAugmentation::settings).toList());
      split.ifPresent(two -> settings.put("split", two.settings()));
      return settings;
    }

    /** Who is asked which words may go. */
    Optional<TextPacker.Choice> choice() {
      List<WordChoice> asked =
          changes.stream()
              .map(TextAugmentation::choice)
              .flatMap(Optional::stream)
              .distinct()
              .toList();
      Require.that(asked.size() <= 1, "the choices of words in a view", "one", asked.size());
      return asked.stream().map(words -> new TextPacker.Choice(part, words)).findFirst();
    }
  }

  private TextViews(TextPacker packer, List<View> views) {
    this.packer = packer;
    this.views = List.copyOf(views);
  }

  /** Starts the views of texts in pieces of {@code tokenizer}. */
  public static Builder builder(Tokenizer tokenizer) {
    return new Builder(tokenizer);
  }

  /** The views of one text as it is, which {@link #inference} gives. */
  public static TextViews plain(Tokenizer tokenizer, int length) {
    return builder(tokenizer).length(length).view().build();
  }

  /** The same, to be saved with another way with long texts. */
  TextViews with(LongTexts policy) {
    return new TextViews(packer.with(policy), views);
  }

  /** The number of texts so far that were longer than there is room for, and were cut. */
  public long truncated() {
    return packer.truncated();
  }

  /** What becomes of longer texts in a saved encoder; these views themselves cut. */
  public LongTexts longTexts() {
    return packer.longTexts();
  }

  /** The half of the work that is done on the host. */
  TextPacker packer() {
    return packer;
  }

  @Override
  public String domain() {
    return DOMAIN;
  }

  @Override
  public int views() {
    return views.stream().mapToInt(View::count).sum();
  }

  /**
   * {@inheritDoc}
   *
   * <p>For each part these are {@code ids} and {@code words}, int32 {@code [batch, width]}, and
   * {@code lengths}, int32 {@code [batch]}, with the part's number behind the name; the width is
   * that of the longest text of the batch. For each {@link WordChoice} there is {@code mayGo},
   * int32 {@code [batch, width]}, with a number behind the name: 1 for pieces of words that may go.
   */
  @Override
  public List<FeedSpec> feeds() {
    return packer.feeds();
  }

  @Override
  public Feeds pack(List<TextExample> examples) {
    return packer.pack(examples);
  }

  @Override
  public List<Tokens> build(Ops tf, Map<String, Operand<?>> feeds, Randomness randomness) {
    List<Tokens> built = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      View view = views.get(i);
      Tokens tokens =
          view.choice()
              .map(choice -> packer.fed(feeds, choice))
              .orElseGet(() -> packer.fed(feeds, view.part()));
      boolean fits = view.isWhole() && !packer.isRoomy();
      view.apply(tf, tokens, randomness.child("view" + i)).stream()
          .map(made -> fits ? made : packer.bounded(tf, made))
          .forEach(built::add);
    }
    return built;
  }

  @Override
  public TextViews inference() {
    return new TextViews(packer.plain(), List.of(View.of(0)));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(packer.settings());
    settings.put("views", views.stream().map(View::settings).toList());
    return settings;
  }

  @Override
  public void writeFiles(Path folder) {
    packer.tokenizer().write(folder.resolve(Tokenizer.FILE));
  }

  /** Puts views together. */
  public static final class Builder {
    private final Tokenizer tokenizer;
    private final List<View> views = new ArrayList<>();
    private int length = DEFAULT_LENGTH;
    private int room;
    private LongTexts longTexts = LongTexts.CUT;

    private Builder(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    /** The most pieces of a view, {@code >= 3}; {@link #DEFAULT_LENGTH} unless told. */
    public Builder length(int pieces) {
      length = pieces;
      return this;
    }

    /**
     * The most pieces of a text that the views are made of, at least the {@link #length}, and that
     * unless told. Documents that views take spans of ({@link dev.kindred.text.augment.SpanCrop})
     * need more room than the spans.
     */
    public Builder room(int pieces) {
      Require.atLeastOne("room", pieces);
      room = pieces;
      return this;
    }

    /**
     * What becomes of longer texts once the encoder is saved, unless whoever loads it says
     * otherwise; {@link LongTexts#CUT} unless told.
     */
    public Builder longTexts(LongTexts policy) {
      longTexts = policy;
      return this;
    }

    /** Adds a view of the first part, or of the only one. */
    public Builder view(TextAugmentation... changes) {
      return view(0, changes);
    }

    /** Adds a view of one part of the examples, counted from 0. */
    public Builder view(int part, TextAugmentation... changes) {
      Require.atLeastZero("part", part);
      views.add(View.of(part, changes));
      return this;
    }

    /** Adds the two views of the first part, or of the only one, that {@code split} makes. */
    public Builder split(TextSplit split) {
      views.add(new View(0, List.of(), Optional.of(split)));
      return this;
    }

    /**
     * The views.
     *
     * @throws IllegalArgumentException if there is none, the length or the room is too small, a
     *     view has two choices of words, or one and the tokenizer is no {@link
     *     dev.kindred.text.tokenizer.SplitTokenizer}
     */
    public TextViews build() {
      Require.that(!views.isEmpty(), "views", "at least one", "none");
      int parts = views.stream().mapToInt(View::part).max().orElse(0) + 1;
      List<TextPacker.Choice> choices =
          views.stream().map(View::choice).flatMap(Optional::stream).distinct().toList();
      return new TextViews(
          new TextPacker(tokenizer, length, room == 0 ? length : room, parts, choices, longTexts),
          views);
    }
  }
}
