package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
  private final List<String> order = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void letsContestantsWorkInTurn() {
    race(2, runner("a", 1, 1, 1), runner("b", 1, 1, 1));

    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
  }

  @Test
  void leavesOutTheFirstRoundAndComparesWithTheFirstContestant() {
    double[] medians = race(3, runner("a", 999, 10, 30, 20), runner("b", 999, 5, 10, 4));

    assertThat(medians).containsExactly(20, 5, 3);
  }

  @Test
  void takesTheMiddleOfTwoRounds() {
    assertThat(race(2, runner("a", 0, 1, 2))).containsExactly(1.5);
  }

  @Test
  void printsARowForEachRoundAndTheMedians() {
    race(1, runner("kindred", 0, 112.34), runner("djl", 0, 40));

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "views/s",
            "   round     kindred         djl       / djl",
            "       1       112.3      40.000       2.809",
            "  median       112.3      40.000       2.809");
  }

  @Test
  void refusesARaceOfNobodyOrNoRounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Race("s", List.of(), 1))
        .withMessage("contestants must be at least one, were none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Race("s", List.of(runner("a")), 0))
        .withMessage("rounds must be >= 1, was 0");
  }

  private double[] race(int rounds, Contestant... contestants) {
    return new Race("views/s", List.of(contestants), rounds)
        .run(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private Contestant runner(String name, double... figures) {
    Iterator<Double> next = java.util.Arrays.stream(figures).iterator();
    return new Measured(
        name,
        () -> {
          order.add(name);
          return next.next();
        });
  }
}
