package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.runtime.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionMapTest {
  @Test
  void valuesSurviveTheWayThroughJson() {
    ImageTrainingOptions options = new ImageTrainingOptions();
    options.data = "photos=1";
    options.lr = 0.1f;
    options.stem = ImageTrainingOptions.Stem.SMALL_IMAGE;
    options.milestones = List.of(3, 5);
    options.knn = false;
    options.perEpoch = true;
    options.strict = true;
    Map<String, Object> values = OptionMap.of(options);

    ImageTrainingOptions back = new ImageTrainingOptions();
    OptionMap.fill(back, Json.parse(Json.line(values)), "config.json", null);

    assertThat(OptionMap.of(back)).isEqualTo(values).containsEntry("lr", 0.1);
    assertThat(back.data).isEqualTo("photos=1");
    assertThat(back.knn).isFalse();
    assertThat(back.strict).isTrue();
  }

  @Test
  void whatIsGivenStaysWhereTheMapIsSilent() {
    ImageTrainingOptions options = new ImageTrainingOptions();
    options.width = 16;

    OptionMap.fill(options, Map.of("epochs", 3), "run.yaml", null);

    assertThat(options.width).isEqualTo(16);
    assertThat(options.epochs).isEqualTo(3);
  }

  @Test
  void aWrongValueNamesItsSourceAndOption() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                OptionMap.fill(new ImageTrainingOptions(), Map.of("epochs", "x"), "run.yaml", null))
        .withMessageStartingWith("run.yaml: ")
        .withMessageContaining("--epochs");
  }
}
