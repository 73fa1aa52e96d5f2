package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "sgd, simclr, 256, 0.12",
    "sgd, simclr, 512, 0.24",
    "sgd, moco, 128, 0.03",
    "sgd, moco, 256, 0.06",
    "sgd, moco, 512, 0.06",
    "sgd, supcon, 1024, 0.06",
    "sgd, vicreg, 512, 0.024",
    "sgd, barlow-twins, 256, 0.006",
    "adamw, moco, 512, 0.002",
    "lars, moco, 4096, 4.8"
  })
  void theRateGrowsWithTheBatchAsFarAsTheMethodStandsIt(
      String optimizer, String method, int batch, float rate) {
    assertThat(Catalogues.OPTIMIZERS.get(optimizer).rateFor(batch, Catalogues.METHODS.get(method)))
        .isCloseTo(rate, within(1e-6f));
  }
}
