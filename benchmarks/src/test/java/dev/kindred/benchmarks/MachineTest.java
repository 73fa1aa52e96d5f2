package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineTest {
  @Test
  void namesVersionsAndProcessorsInOneLine() {
    assertThat(Machine.describe())
        .contains("tensorflow ", Runtime.getRuntime().availableProcessors() + " processors")
        .doesNotContain("\n");
  }

  @Test
  void readsResidentMemoryInKibibytes() {
    assertThat(Machine.bytes(List.of("VmHWM:\t  999 kB", "VmRSS:\t  12 kB"), Machine.RESIDENT))
        .isEqualTo(12 * 1024);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void knowsItsOwnMemory() {
    assertThat(Machine.residentBytes()).isGreaterThan(10 << 20);
    assertThat(Machine.peakResidentBytes()).isGreaterThan(10 << 20);
  }
}
