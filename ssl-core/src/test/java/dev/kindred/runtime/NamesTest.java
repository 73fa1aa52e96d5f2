package dev.kindred.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final List<String> METHODS = List.of("byol", "moco", "simclr", "simsiam");

  @Test
  void namesTheNearestAndAllThatAreKnown() {
    assertThat(Names.unknown("method", "simlcr", METHODS))
        .isEqualTo(
            "unknown method \"simlcr\"; did you mean simclr? known: byol, moco, simclr, simsiam");
  }

  @Test
  void asksNothingWhereNoNameIsClose() {
    assertThat(Names.unknown("method", "transformer", METHODS))
        .isEqualTo("unknown method \"transformer\"; known: byol, moco, simclr, simsiam");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SimCLR", "simclt", "simcl", "simclrr", "ismclr", "sim-clr"})
  void forgivesCaseAndOneSlip(String given) {
    assertThat(Names.nearest(given, METHODS)).contains("simclr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "zz"})
  void guessesNothingFromNextToNothing(String given) {
    assertThat(Names.nearest(given, METHODS)).isEmpty();
  }

  @Test
  void prefersFewerEdits() {
    assertThat(Names.nearest("moc", List.of("mocov3", "moco"))).contains("moco");
  }
}
