package dev.kindred.text.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationsTest {
  private static final int MASK = 5;
  private static final int STEPS = 20;
  private static final Text TEN = Text.framed(1, 2, 1, 3, 1, 1, 2, 1, 1, 2);
  private static final Text SHORT = Text.framed(2, 1);
  private static final List<Text> TEXTS =
      List.of(
          TEN, Text.framed(), SHORT, Text.of(1), Text.of(), Text.of(3), Text.of(2, 1, 3, 1), TEN);

  /** What turns texts into texts, one change after the other. */
  static Stream<Arguments> changes() {
    return Stream.of(
            List.of(new WordDeletion(0.5)),
            List.of(new WordDeletion(1)),
            List.of(new SpanCrop(0.1, 0.9)),
            List.of(new WordShuffle(3)),
            List.of(new WordMask(0.5, MASK)),
            List.of(new PieceRepetition(0.8)),
            List.of(new WordDeletion(0.6), new SpanCrop(0.2, 0.4)),
            List.of(new SpanCrop(0.3, 0.6), new SpanCrop(0.3, 0.6)),
            List.of(new WordShuffle(1000), new SpanCrop(0.2, 0.5)),
            List.of(new PieceRepetition(1), new WordDeletion(0.5)))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void neverEmptyATextAndLeaveItsEndsInPlace(List<TextAugmentation> changes) {
    try (Changed changed = changed(changes)) {
      for (int step = 0; step < STEPS; step++) {
        List<Text> after = changed.run(step, TEXTS);
        for (int i = 0; i < after.size(); i++) {
          Text before = TEXTS.get(i);
          assertThat(after.get(i).real().isEmpty()).isEqualTo(before.real().isEmpty());
          if (before.ids().contains(Text.CLASS)) {
            assertThat(after.get(i).ids()).startsWith(Text.CLASS).endsWith(Text.END);
          }
          assertThat(Collections.frequency(after.get(i).words(), -1))
              .isEqualTo(Collections.frequency(before.words(), -1));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void leaveWordsNumberedFromZeroInTheirOrder(List<TextAugmentation> changes) {
    try (Changed changed = changed(changes)) {
      for (Text after : changed.run(3, TEXTS)) {
        assertThat(after.words().stream().filter(word -> word >= 0).distinct().toList())
            .isEqualTo(IntStream.range(0, after.wordCount()).boxed().toList());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void areAFunctionOfTheStepAndDifferFromStepToStepAndFromTextToText(
      List<TextAugmentation> changes) {
    List<Text> same = Collections.nCopies(8, TEN);
    try (Changed changed = changed(changes);
        Changed again = changed(changes)) {
      assertThat(changed.run(1, same)).isEqualTo(again.run(1, same));
      assertThat(changed.run(1, same)).isNotEqualTo(changed.run(2, same));
      assertThat(new HashSet<>(changed.run(1, same))).hasSizeGreaterThan(1);
    }
  }

  /** The chunk is narrower than the batch, too. */
  @ParameterizedTest
  @MethodSource("changes")
  void giveAPartOfABatchWhatTheWholeWouldGiveIt(List<TextAugmentation> changes) {
    TextAugmentation[] all = changes.toArray(TextAugmentation[]::new);
    List<Text> texts = new ArrayList<>(TEXTS);
    texts.set(3, Text.of(1, 1, 1, 1));
    try (Changed whole = new Changed(all);
        Changed chunk = Changed.chunk(2, texts.size(), all)) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(chunk.run(step, texts.subList(2, 7)))
            .isEqualTo(whole.run(step, texts).subList(2, 7));
      }
    }
  }

  static Stream<TextAugmentation> identities() {
    return Stream.of(
        new WordDeletion(0),
        new SpanCrop(1, 1),
        new WordShuffle(0.99),
        new WordShuffle(1),
        new WordMask(0, MASK),
        new PieceRepetition(0));
  }

  @ParameterizedTest
  @MethodSource("identities")
  void changeNothingAtTheirWeakest(TextAugmentation weakest) {
    try (Changed changed = new Changed(weakest)) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(changed.run(step, TEXTS)).isEqualTo(TEXTS);
      }
    }
  }

  @Test
  void deletionLeavesOutWholeWordsAndKeepsTheOrder() {
    try (Changed changed = new Changed(new WordDeletion(0.5))) {
      for (Text after : changed.draws(200, TEN)) {
        assertThat(TEN.byWord()).containsSubsequence(after.byWord());
      }
    }
  }

  @Test
  void deletionLeavesOutTheShareOfWordsThatItIsTold() {
    try (Changed changed = new Changed(new WordDeletion(0.3))) {
      double kept = meanWords(changed.draws(4000, TEN)) / TEN.wordCount();
      assertThat(kept).isCloseTo(0.7, within(0.012));
    }
  }

  @Test
  void deletionOfAllLeavesOneWordEachAsOftenAsTheOthers() {
    int[] counts = new int[4];
    try (Changed changed = new Changed(new WordDeletion(1))) {
      for (Text after : changed.draws(4000, Text.of(1, 1, 1, 1))) {
        assertThat(after.length()).isEqualTo(1);
        counts[after.ids().get(0) - Text.of(1).ids().get(0)]++;
      }
    }
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(860, 1140));
  }

  @Test
  void aSpanIsOfNeighboursAndWithinItsBounds() {
    int[] sizes = new int[TEN.wordCount() + 1];
    List<List<Integer>> words = TEN.byWord();
    try (Changed changed = new Changed(new SpanCrop(0.3, 0.6))) {
      for (Text after : changed.draws(3000, TEN)) {
        assertThat(words).containsSequence(after.byWord());
        sizes[after.wordCount()]++;
      }
    }
    assertThat(Arrays.stream(sizes, 3, 7).sum()).isEqualTo(3000);
    assertThat(sizes[3]).isBetween(400, 600);
    assertThat(sizes[4]).isBetween(870, 1130);
    assertThat(sizes[5]).isBetween(870, 1130);
    assertThat(sizes[6]).isBetween(400, 600);
  }

  @Test
  void aSpanBeginsAnywhere() {
    Text text = Text.of(1, 1, 1, 1);
    int[] firsts = new int[3];
    try (Changed changed = new Changed(new SpanCrop(0.5, 0.5))) {
      for (Text after : changed.draws(3000, text)) {
        assertThat(after.length()).isEqualTo(2);
        firsts[after.ids().get(0) - text.ids().get(0)]++;
      }
    }
    assertThat(Arrays.stream(firsts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(870, 1130));
  }

  @Test
  void theSmallestSpanIsOneWord() {
    try (Changed changed = new Changed(new SpanCrop(1e-9, 1e-9))) {
      assertThat(changed.draws(100, TEN)).allMatch(after -> after.wordCount() == 1);
    }
  }

  @Test
  void aSpanOfShuffledWordsIsOfNeighboursInTheNewOrder() {
    TextAugmentation shuffle = new WordShuffle(1000);
    try (Changed shuffled = new Changed(shuffle);
        Changed cut = new Changed(shuffle, new SpanCrop(0.3, 0.5))) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(shuffled.one(step, TEN).byWord()).containsSequence(cut.one(step, TEN).byWord());
      }
    }
  }

  @Test
  void shuffledWordsAreTheSameAndWhole() {
    try (Changed changed = new Changed(new WordShuffle(1000))) {
      List<Text> all = changed.draws(2000, TEN);
      assertThat(all)
          .allSatisfy(
              after ->
                  assertThat(after.byWord()).containsExactlyInAnyOrderElementsOf(TEN.byWord()));
      assertThat(all.stream().filter(a -> a.byWord().get(0).equals(TEN.byWord().get(9))).count())
          .isBetween(135L, 265L);
    }
  }

  /** A distance of 2 exchanges neighbours when their draws are more than 1/2 apart: 1 in 8. */
  @Test
  void aShortDistanceSwapsNeighboursOnly() {
    int[] swaps = new int[6];
    try (Changed changed = new Changed(new WordShuffle(2))) {
      for (Text after : changed.draws(2000, Text.of(1, 1, 1, 1, 1, 1))) {
        countSwaps(after.ids(), swaps);
      }
    }
    assertThat(swaps[1] / (2000.0 * 5)).isCloseTo(0.125, within(0.018));
    assertThat(Arrays.copyOfRange(swaps, 2, 6)).containsOnly(0);
  }

  /** Counts the pieces whose order was turned round, by how far apart they were. */
  private static void countSwaps(List<Integer> ids, int[] swaps) {
    for (int a = 0; a < ids.size(); a++) {
      for (int b = a + 1; b < ids.size(); b++) {
        if (ids.get(a) > ids.get(b)) {
          swaps[ids.get(a) - ids.get(b)]++;
        }
      }
    }
  }

  @Test
  void severalPiecesInFrontOfTheWordsStayThereWhenWordsAreShuffled() {
    Text text = new Text(List.of(1, 7, 20, 21, 22, 23, 2), List.of(-1, -1, 0, 1, 2, 3, -1));
    try (Changed changed = new Changed(new WordShuffle(1000))) {
      for (Text after : changed.draws(50, text)) {
        assertThat(after.ids()).startsWith(1, 7).endsWith(2);
      }
    }
  }

  @Test
  void maskingReplacesWholeWordsAndNothingElse() {
    int masked = 0;
    try (Changed changed = new Changed(new WordMask(0.25, MASK))) {
      for (Text after : changed.draws(3000, TEN)) {
        assertThat(after.words()).isEqualTo(TEN.words());
        for (int word = 0; word < TEN.wordCount(); word++) {
          List<Integer> now = after.byWord().get(word);
          List<Integer> then = TEN.byWord().get(word);
          assertThat(now).isIn(then, Collections.nCopies(then.size(), MASK));
          masked += now.get(0) == MASK ? 1 : 0;
        }
      }
    }
    assertThat(masked / (3000.0 * TEN.wordCount())).isCloseTo(0.25, within(0.0125));
  }

  @Test
  void maskingAllLeavesNoWord() {
    try (Changed changed = new Changed(new WordMask(1, MASK))) {
      assertThat(changed.one(0, SHORT).ids()).containsExactly(1, MASK, MASK, MASK, 2);
    }
  }

  @Test
  void repetitionOnlyDoublesPiecesOfWords() {
    try (Changed changed = new Changed(new PieceRepetition(1))) {
      for (Text after : changed.draws(300, TEN)) {
        assertThat(after.ids().stream().distinct().toList()).isEqualTo(TEN.ids());
        assertThat(after.real()).isSorted();
        assertThat(after.real())
            .allSatisfy(id -> assertThat(Collections.frequency(after.real(), id)).isBetween(1, 2));
        assertThat(after.byWord()).hasSameSizeAs(TEN.byWord());
      }
    }
  }

  /** Each text has a rate of its own, from 0 on: some have hardly any piece twice. */
  @Test
  void repetitionDoublesAShareThatDiffersFromTextToText() {
    int length = TEN.length();
    try (Changed changed = new Changed(new PieceRepetition(0.32))) {
      double more =
          changed.draws(4000, TEN).stream()
              .mapToInt(after -> after.length() - length)
              .average()
              .orElseThrow();
      assertThat(more / TEN.real().size()).isCloseTo(0.16, within(0.012));
    }
    try (Changed changed = new Changed(new PieceRepetition(1))) {
      List<Text> all = changed.draws(2000, TEN);
      assertThat(all.stream().filter(after -> after.length() <= length + 1).count())
          .isBetween(150L, 380L);
      assertThat(all.stream().filter(after -> after.length() >= length + 14).count())
          .isBetween(150L, 380L);
    }
  }

  @Test
  void rangesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordDeletion(1.1))
        .withMessage("rate must be in [0, 1], was 1.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordMask(0.1, -1))
        .withMessage("mask must be finite and >= 0, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PieceRepetition(Double.NaN))
        .withMessage("rate must be in [0, 1], was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WordShuffle(0))
        .withMessage("distance must be finite and > 0, was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpanCrop(0.6, 0.5))
        .withMessage("smallest must be in (0, largest], was 0.6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpanCrop(0.6, 1.5))
        .withMessage("largest must be in [0, 1], was 1.5");
  }

  private static Changed changed(List<TextAugmentation> changes) {
    return new Changed(changes.toArray(TextAugmentation[]::new));
  }

  private static double meanWords(List<Text> texts) {
    return texts.stream().mapToInt(Text::wordCount).average().orElseThrow();
  }
}
