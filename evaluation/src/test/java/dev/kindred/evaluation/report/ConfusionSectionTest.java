package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.evaluation.report.Gallery.Picture;
import dev.kindred.evaluation.report.Gallery.Strip;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionSectionTest {
  private static final List<String> NAMES = List.of("cat", "dog", "ship");
  private static final int[] TRUTH = {0, 0, 0, 0, 1, 1, 2, 2};
  private static final int[] PREDICTED = {0, 1, 1, 2, 1, 0, 2, 2};
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  @Test
  void countsEachClassTakenForEach() {
    Matrix matrix = section().matrices().get(0);
    assertThat(matrix.columns()).isEqualTo(NAMES);
    assertThat(matrix.rows())
        .extracting(row -> row.cells().stream().map(Matrix.Cell::count).toList())
        .containsExactly(List.of(1, 2, 1), List.of(1, 1, 0), List.of(0, 0, 2));
    assertThat(matrix.rows().get(0).cells())
        .containsExactly(
            new Matrix.Cell(1, "right", "0.250"),
            new Matrix.Cell(2, "wrong", "0.500"),
            new Matrix.Cell(1, "wrong", "0.250"));
    assertThat(matrix.rows().get(2).cells().get(0).verdict()).isEqualTo("none");
    assertThat(section().explanation()).contains("4 of 8 examples are off the diagonal");
  }

  @Test
  void showsTheMostFrequentFirstWithTheirExamples() {
    List<Strip> strips = section().galleries().get(0).strips();
    assertThat(strips)
        .extracting(Strip::title)
        .containsExactly(
            "cat taken for dog: 2 of 4 (50.0 %)",
            "cat taken for ship: 1 of 4 (25.0 %)", "dog taken for cat: 1 of 2 (50.0 %)");
    assertThat(strips.get(0).pictures()).extracting(Picture::id).containsExactly("b", "c");
  }

  @Test
  void showsFewOfManyExamplesAndOfManyPairs() {
    int[] truth = IntStream.range(0, 400).map(i -> i / 40).toArray();
    int[] predicted = Arrays.stream(truth).map(label -> (label + 1) % 10).toArray();
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "class" + i).toList();
    List<Strip> strips =
        ConfusionSection.of(names, truth, predicted, ids(400), Thumbnails.NONE)
            .galleries()
            .get(0)
            .strips();
    assertThat(strips).hasSize(ConfusionSection.WORST_PAIRS);
    assertThat(strips)
        .allSatisfy(
            strip -> assertThat(strip.pictures()).hasSize(ConfusionSection.PICTURES_OF_A_PAIR));
  }

  @Test
  void showsOfManyClassesThoseWithTheMostMistakesAndTheRestAsOne() {
    int classes = 100;
    int[] truth = IntStream.range(0, 200).map(i -> i / 2).toArray();
    int[] predicted = Arrays.stream(truth).map(label -> label < 50 ? label : 0).toArray();
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
    Section section = ConfusionSection.of(names, truth, predicted, ids(200), Thumbnails.NONE);
    Matrix matrix = section.matrices().get(0);
    assertThat(matrix.rows()).hasSize(ConfusionSection.SHOWN_CLASSES);
    assertThat(matrix.rows().get(0).name()).isEqualTo("class50");
    assertThat(matrix.columns()).hasSize(ConfusionSection.SHOWN_CLASSES + 1).endsWith("others");
    assertThat(matrix.rows())
        .allSatisfy(
            row -> assertThat(row.cells().get(row.cells().size() - 1).count()).isEqualTo(2));
    assertThat(section.explanation()).contains("the 30 of 100 classes with the most mistakes");
  }

  @Test
  void saysWhereNothingWasConfusedOrClassified() {
    Section right = ConfusionSection.of(NAMES, TRUTH, TRUTH, IDS, Thumbnails.NONE);
    assertThat(right.explanation()).endsWith("0 of 8 examples are off the diagonal.");
    Section none = ConfusionSection.of(NAMES, new int[0], new int[0], List.of(), Thumbnails.NONE);
    assertThat(none.explanation()).startsWith("Nothing was classified");
    assertThat(none.matrices()).isEmpty();
  }

  @Test
  void givesTheNumbersToo() {
    assertThat(section().data())
        .containsEntry("kind", "confusions")
        .containsEntry("classes", NAMES);
    assertThat((List<?>) section().data().get("worst"))
        .first()
        .isEqualTo(
            Map.of(
                "truth", "cat", "predicted", "dog", "count", 2, "of", 4, "ids", List.of("b", "c")));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> ConfusionSection.of(NAMES, TRUTH, new int[2], IDS, Thumbnails.NONE))
        .hasMessage("truth, predicted and ids must be equally many, were 8, 2 and 8");
    assertThatThrownBy(
            () ->
                ConfusionSection.of(List.of("cat", "dog"), TRUTH, PREDICTED, IDS, Thumbnails.NONE))
        .hasMessage("truth must be classes in [0, 2), was 2");
  }

  private static Section section() {
    return ConfusionSection.of(NAMES, TRUTH, PREDICTED, IDS, Thumbnails.NONE);
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "row" + i).toList();
  }
}
