package dev.kindred.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.data.Dataset;
import dev.kindred.text.TextExample;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedParaphrasesTest {
  private static final Set<String> NAMES_OF_TWO =
      Set.of("doctor physician medic", "bicycle bike two-wheeler", "gun pistol firearm");

  @Test
  void anExampleIsTwoSentencesOfOneMeaningInOtherWords() {
    try (GeneratedParaphrases data = GeneratedParaphrases.of(300, 1)) {
      for (int i = 0; i < data.size(); i++) {
        List<String> parts = data.get(i).parts();
        assertThat(parts).hasSize(2).doesNotHaveDuplicates();
        for (String names : NAMES_OF_TWO) {
          assertThat(count(parts.get(0), names)).isEqualTo(count(parts.get(1), names));
          assertThat(same(parts, names)).isFalse();
        }
      }
    }
  }

  @Test
  void oneSeedGivesTheSameExamplesAndAnotherOthers() {
    assertThat(all(GeneratedParaphrases.of(50, 3))).isEqualTo(all(GeneratedParaphrases.of(50, 3)));
    assertThat(all(GeneratedParaphrases.of(50, 3)))
        .isNotEqualTo(all(GeneratedParaphrases.of(50, 4)));
    assertThat(all(GeneratedParaphrases.of(90, 3)))
        .startsWith(all(GeneratedParaphrases.of(50, 3)).toArray(TextExample[]::new));
  }

  @Test
  void noSentenceOfAHeldOutMeaningIsTrainedOn() {
    Set<String> trained = new HashSet<>();
    all(GeneratedParaphrases.of(3000, 1)).forEach(example -> trained.addAll(example.parts()));
    assertThat(all(GeneratedParaphrases.heldOut(3000, 2)))
        .noneMatch(example -> example.parts().stream().anyMatch(trained::contains));
  }

  @Test
  void sameTellsEqualMeaningsInWhateverWords() {
    try (GeneratedParaphrases data = GeneratedParaphrases.heldOut(2000, 5)) {
      assertThat(data.same(7, 7)).isTrue();
      long like = IntStream.range(1, data.size()).filter(i -> data.same(0, i)).count();
      assertThat(like).isLessThan(20);
    }
  }

  @Test
  void thereIsNoLabelAndIdsCountFromOne() {
    try (GeneratedParaphrases data = GeneratedParaphrases.of(2, 0)) {
      assertThat(data.id(0)).isEqualTo("1");
      assertThat(data.label(1)).isEqualTo(Dataset.NO_LABEL);
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> data.get(2));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GeneratedParaphrases.of(0, 0))
        .withMessage("count must be >= 1, was 0");
  }

  private static List<TextExample> all(GeneratedParaphrases data) {
    return IntStream.range(0, data.size()).mapToObj(data::get).toList();
  }

  /** How many of these names a sentence has. */
  private static long count(String sentence, String names) {
    return List.of(names.split(" ")).stream().filter(name -> has(sentence, name)).count();
  }

  private static boolean same(List<String> sentences, String names) {
    return List.of(names.split(" ")).stream()
        .anyMatch(name -> has(sentences.get(0), name) && has(sentences.get(1), name));
  }

  private static boolean has(String sentence, String name) {
    return List.of(sentence.split(" ")).contains(name);
  }
}
