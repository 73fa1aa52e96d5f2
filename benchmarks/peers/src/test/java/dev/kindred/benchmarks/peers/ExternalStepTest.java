package dev.kindred.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kindred.runtime.KindredException;
import org.junit.jupiter.api.Test;

class ExternalStepTest {
  @Test
  void readsTheFigureThatTheProgramPrints() {
    assertThat(new ExternalStep("torch", "echo warming up; echo views/s 91.5").measure())
        .isEqualTo(91.5);
  }

  @Test
  void saysWhatAProgramWithoutFigurePrinted() {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> new ExternalStep("torch", "echo no module named torch; exit 3").measure())
        .withMessageContaining("ended with 3 and printed: no module named torch");
  }

  @Test
  void believesNoProgramThatFailed() {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> new ExternalStep("torch", "echo views/s 5; exit 1").measure());
  }
}
