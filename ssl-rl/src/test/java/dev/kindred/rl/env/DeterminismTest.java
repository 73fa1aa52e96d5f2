package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same seed and actions give the same bytes: alone, again, and in two threads at once. */
class DeterminismTest {
  private static final int STEPS = 10_000;
  private static final int FRAMES = 500;

  static List<World<?>> worlds() {
    return World.all();
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void statesAreTheSame(World<?> world) throws Exception {
    isTheSame(world::state, STEPS);
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void framesAreTheSame(World<?> world) throws Exception {
    isTheSame(() -> world.pixels(84, 84, Distractors.defaults()), FRAMES);
  }

  private static void isTheSame(Supplier<Environment<?, ?>> environment, int steps)
      throws Exception {
    String alone = Episodes.digest(environment.get(), steps);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<String>> runs = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        runs.add(() -> Episodes.digest(environment.get(), steps));
      }
      for (Future<String> run : threads.invokeAll(runs)) {
        assertThat(run.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void anotherSeedIsAnotherEpisode(World<?> world) {
    try (TimeLimit<float[], ?> one = world.state();
        TimeLimit<float[], ?> other = world.state()) {
      assertThat(one.reset(1).observation()).isNotEqualTo(other.reset(2).observation());
    }
  }
}
