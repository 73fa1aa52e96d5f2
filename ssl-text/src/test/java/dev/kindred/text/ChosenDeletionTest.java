package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.text.augment.TextAugmentation;
import dev.kindred.text.augment.WordChoice;
import dev.kindred.text.augment.WordDeletion;
import dev.kindred.text.augment.WordMask;
import dev.kindred.text.augment.WordShuffle;
import dev.kindred.text.tokenizer.SplitTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Which words a view lets go is chosen on the host, which of them go is drawn in the graph. */
class ChosenDeletionTest {
  private static final SplitTokenizer TOKENIZER =
      new SplitTokenizer(
          new ToyTokenizer(true), text -> List.of(text.split(" ")), "what is between spaces");

  /** Short words may go. */
  private static final WordChoice SHORT = longest(1);

  private static final String TEXT = "a cat b dog c emu";

  @Test
  void exactlyTheChosenWordsGoWhenAllGo() {
    assertThat(view(new WordDeletion(1, SHORT), TEXT)).isEqualTo("cat dog emu");
    assertThat(view(new WordDeletion(1, words -> new boolean[words.size()]), TEXT)).isEqualTo(TEXT);
  }

  @Test
  void eachOfThemGoesByItself() {
    Set<String> seen = new TreeSet<>(views(new WordDeletion(0.5, SHORT), TEXT, 200));

    assertThat(seen)
        .containsExactlyInAnyOrder(
            "a cat b dog c emu",
            "a cat b dog emu",
            "a cat dog c emu",
            "a cat dog emu",
            "cat b dog c emu",
            "cat b dog emu",
            "cat dog c emu",
            "cat dog emu");
  }

  @Test
  void aWordStaysWhereAllMayGo() {
    assertThat(views(new WordDeletion(1, longest(9)), TEXT, 100))
        .allMatch(left -> !left.isEmpty() && !left.contains(" "));
  }

  /** The draw is the same, whoever chose. */
  @Test
  void aChoiceOfAllWordsChangesNothing() {
    assertThat(views(new WordDeletion(0.4, longest(9)), TEXT, 100))
        .isEqualTo(views(new WordDeletion(0.4), TEXT, 100));
  }

  @Test
  void theChoiceGoesWithItsWordsThroughOtherChanges() {
    TextViews shuffled = views(new WordShuffle(1000), new WordDeletion(1, SHORT));
    assertThat(spelt(shuffled, TEXT, 50))
        .allMatch(left -> Set.of(left.split(" ")).equals(Set.of("cat", "dog", "emu")));
    TextViews masked = views(new WordMask(1, 29), new WordDeletion(1, SHORT));
    assertThat(spelt(masked, TEXT, 1)).containsExactly("[29][29][29] [29][29][29] [29][29][29]");
  }

  @Test
  void textsThatAreCutAndTextsWithoutWordsAreChosenOfToo() {
    TextViews views =
        TextViews.builder(TOKENIZER).length(10).view(new WordDeletion(1, SHORT)).build();

    assertThat(spelt(views, "a cat b dog c emu", 1)).containsExactly("cat dog");
    assertThat(spelt(views, "", 1)).containsExactly("");
  }

  @Test
  void thereIsATensorMoreForEachChoiceAndOnlyThere() {
    WordDeletion chosen = new WordDeletion(0.5, SHORT);
    TextViews two = TextViews.builder(TOKENIZER).view(chosen).view(chosen).build();
    TextViews parts = TextViews.builder(TOKENIZER).view(0, chosen).view(1, chosen).view(1).build();

    assertThat(names(two)).containsExactly("ids0", "words0", "lengths0", "mayGo0");
    assertThat(names(parts)).endsWith("mayGo0", "mayGo1").hasSize(8);
    assertThat(names(two.inference())).containsExactly("ids0", "words0", "lengths0");
    try (Feeds feeds = parts.pack(List.of(TextExample.of(TEXT, "b fox")))) {
      assertThat(feeds.tensors().keySet()).containsExactlyElementsOf(names(parts));
      assertThat(StdArrays.array2dCopyOf((TInt32) feeds.tensors().get("mayGo1")))
          .isDeepEqualTo(new int[][] {{0, 1, 0, 0, 0, 0}});
    }
  }

  @Test
  void settingsNameTheChoice() {
    assertThat(new WordDeletion(0.5, SHORT).settings())
        .containsEntry("name", "word_deletion")
        .containsEntry("choice", "own");
    assertThat(new WordDeletion(0.5).settings()).doesNotContainKey("choice");
  }

  @Test
  void aChoiceNeedsATokenizerThatKnowsItsWords() {
    TextViews.Builder builder =
        TextViews.builder(new ToyTokenizer(true)).view(new WordDeletion(0.5, SHORT));

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessage(
            "tokenizer must be a SplitTokenizer, for a view asks which words may go, was"
                + " ToyTokenizer");
  }

  @Test
  void aViewAsksOnce() {
    TextViews.Builder builder =
        TextViews.builder(TOKENIZER)
            .view(new WordDeletion(0.5, SHORT), new WordDeletion(0.5, longest(2)));

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessage("the choices of words in a view must be one, was 2");
  }

  @Test
  void anAnswerForOtherWordsIsRefused() {
    TextViews views = views(new WordDeletion(0.5, words -> new boolean[2]));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> views.pack(List.of(TextExample.of(TEXT))))
        .withMessage("what a WordChoice says must be as many as the words, 6, was 2");
  }

  private static WordChoice longest(int letters) {
    return words -> {
      boolean[] mayGo = new boolean[words.size()];
      IntStream.range(0, mayGo.length).forEach(i -> mayGo[i] = words.get(i).length() <= letters);
      return mayGo;
    };
  }

  private static String view(TextAugmentation change, String text) {
    return views(change, text, 1).get(0);
  }

  private static List<String> views(TextAugmentation change, String text, int count) {
    return spelt(views(change), text, count);
  }

  private static TextViews views(TextAugmentation... changes) {
    return TextViews.builder(TOKENIZER).view(changes).build();
  }

  private static List<String> names(TextViews views) {
    return views.feeds().stream().map(FeedSpec::name).toList();
  }

  /** The first view of so many examples of one text, spaces between the words. */
  private static List<String> spelt(TextViews views, String text, int count) {
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        Feeds feeds = views.pack(Collections.nCopies(count, TextExample.of(text)))) {
      Ops tf = Ops.create(graph);
      Map<String, Operand<?>> inputs = Placeholders.of(tf, views.feeds());
      Tokens view =
          views.build(tf, inputs, new Randomness(tf, tf.constant(new int[] {1, 2}))).get(0);
      Session.Runner runner = session.runner();
      List.of(view.ids(), view.words(), view.lengths())
          .forEach(operand -> runner.fetch(tf.identity(operand)));
      feeds.tensors().forEach((name, tensor) -> runner.feed(inputs.get(name), tensor));
      try (Result result = runner.run()) {
        int[][] ids = StdArrays.array2dCopyOf((TInt32) result.get(0));
        int[][] words = StdArrays.array2dCopyOf((TInt32) result.get(1));
        int[] lengths = StdArrays.array1dCopyOf((TInt32) result.get(2));
        List<String> all = new ArrayList<>();
        for (int row = 0; row < lengths.length; row++) {
          all.add(spelt(Arrays.copyOf(ids[row], lengths[row]), words[row]));
        }
        return all;
      }
    }
  }

  private static String spelt(int[] ids, int[] words) {
    StringBuilder spelt = new StringBuilder();
    int last = 0;
    for (int i = 0; i < ids.length; i++) {
      if (words[i] >= 0) {
        spelt.append(" ".repeat(words[i] - last)).append(TOKENIZER.piece(ids[i]));
        last = words[i];
      }
    }
    return spelt.toString();
  }
}
