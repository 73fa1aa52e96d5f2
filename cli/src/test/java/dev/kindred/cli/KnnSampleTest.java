package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.vision.data.GeneratedShapes;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KnnSampleTest {
  @Test
  void bankAndQueriesShareNothingAndAreAlwaysTheSame() {
    GeneratedShapes shapes = GeneratedShapes.of(12_000, 8, 0);

    KnnSample sample = KnnSample.of(shapes).orElseThrow();

    assertThat(sample.bankRows()).hasSize(KnnSample.BANK).doesNotContain(sample.queryRows());
    assertThat(sample.queryRows()).hasSize(KnnSample.QUERIES);
    assertThat(sample.bankRows()).isEqualTo(KnnSample.of(shapes).orElseThrow().bankRows());
    assertThat(Arrays.stream(sample.bankRows()).map(shapes::label).distinct().count())
        .isEqualTo(10);
  }

  @Test
  void ofOneClassThereIsNone() {
    GeneratedShapes shapes = GeneratedShapes.of(100, 8, 0);
    int[] circles = {0, 10, 20, 30, 40, 50, 60, 70};

    assertThat(KnnSample.of(shapes.subset(circles))).isEmpty();
  }

  @Test
  void queriesWhoseClassIsNotInTheBankAreLeftOut() {
    GeneratedShapes shapes = GeneratedShapes.of(100, 8, 0);

    KnnSample sample = KnnSample.of(shapes.first(12)).orElseThrow();

    assertThat(classes(shapes, sample.bankRows())).containsAll(classes(shapes, sample.queryRows()));
  }

  private static Set<Integer> classes(GeneratedShapes shapes, int[] rows) {
    return Arrays.stream(rows).map(shapes::label).boxed().collect(Collectors.toSet());
  }
}
