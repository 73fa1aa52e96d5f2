package dev.kindred.text.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.data.Randomness;
import dev.kindred.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.Ops;

class SurroundingsTest {
  private static final int DRAWS = 3000;
  private static final Text TEN = Text.framed(1, 2, 1, 3, 1, 1, 2, 1, 1, 2);

  /** One of the two views; both graphs draw alike, for draws go by name, seed and step. */
  private record Half(Surroundings split, int view) implements TextAugmentation {
    @Override
    public Tokens apply(Ops tf, Tokens tokens, Randomness randomness) {
      return split.apply(tf, tokens, randomness).get(view);
    }

    @Override
    public Map<String, Object> settings() {
      return split.settings();
    }
  }

  /** Both views of many draws of one text. */
  private static List<List<Text>> draws(Surroundings split, Text text) {
    try (Changed few = new Changed(new Half(split, 0));
        Changed around = new Changed(new Half(split, 1))) {
      List<Text> first = few.draws(DRAWS, text);
      List<Text> second = around.draws(DRAWS, text);
      return IntStream.range(0, DRAWS).mapToObj(i -> List.of(first.get(i), second.get(i))).toList();
    }
  }

  @Test
  void areTheWordsWithinReachWithoutTheOneBetweenThem() {
    List<List<Integer>> words = TEN.byWord();
    int[] chosen = new int[words.size()];
    for (List<Text> views : draws(new Surroundings(1, 2), TEN)) {
      int word = words.indexOf(views.get(0).byWord().get(0));
      chosen[word]++;
      List<List<Integer>> near = new ArrayList<>();
      for (int i = Math.max(0, word - 2); i <= Math.min(words.size() - 1, word + 2); i++) {
        if (i != word) {
          near.add(words.get(i));
        }
      }
      assertThat(views.get(0).byWord()).containsExactly(words.get(word));
      assertThat(views.get(1).byWord()).isEqualTo(near);
    }
    assertThat(Arrays.stream(chosen).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(220, 380));
  }

  @Test
  void surroundAFewNeighboursToo() {
    int[] sizes = new int[4];
    for (List<Text> views : draws(new Surroundings(3, 100), TEN)) {
      assertThat(TEN.byWord()).containsSequence(views.get(0).byWord());
      sizes[views.get(0).wordCount()]++;
      List<List<Integer>> both = new ArrayList<>(views.get(0).byWord());
      both.addAll(views.get(1).byWord());
      assertThat(both).containsExactlyInAnyOrderElementsOf(TEN.byWord());
    }
    assertThat(sizes[0]).isZero();
    assertThat(List.of(sizes[1], sizes[2], sizes[3]))
        .allSatisfy(count -> assertThat(count).isBetween(870, 1130));
  }

  @Test
  void leaveTheEndsOfATextInBothViews() {
    for (List<Text> views : draws(new Surroundings(2, 1), TEN)) {
      assertThat(views)
          .allSatisfy(view -> assertThat(view.ids()).startsWith(Text.CLASS).endsWith(Text.END));
    }
  }

  @Test
  void areNeverEmptyWhereThereIsAWord() {
    for (int words = 1; words < 4; words++) {
      Text text = Text.of(IntStream.generate(() -> 2).limit(words).toArray());
      for (List<Text> views : draws(new Surroundings(5, 1), text)) {
        assertThat(views).allSatisfy(view -> assertThat(view.real()).isNotEmpty());
        if (words == 1) {
          assertThat(views).containsExactly(text, text);
        }
      }
    }
  }

  @Test
  void ofATextWithoutAWordAreAsItIs() {
    for (Text empty : List.of(Text.of(), Text.framed())) {
      assertThat(draws(new Surroundings(1, 5), empty).get(0)).containsExactly(empty, empty);
    }
  }

  @Test
  void sizesBelowOneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Surroundings(0, 5))
        .withMessage("longest must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Surroundings(1, 0))
        .withMessage("width must be >= 1, was 0");
  }
}
