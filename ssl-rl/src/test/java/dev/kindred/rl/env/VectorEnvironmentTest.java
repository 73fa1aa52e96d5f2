package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class VectorEnvironmentTest {
  @Test
  void endedEpisodesBeginAnewWithTheFinalObservationBeside() {
    try (VectorEnvironment<Frame, Integer> two =
        VectorEnvironment.serial(2, () -> new Counting(1, 1, 1, 2))) {
      assertThat(two.size()).isEqualTo(2);
      assertThat(two.variables()).containsExactly("steps");
      assertThat(two.reset(0)).hasSize(2);
      VectorEnvironment.Turn<Frame> running = two.step(List.of(0, 1)).get(1);
      assertThat(running.restart()).isEmpty();
      assertThat(running.step().reward()).isEqualTo(1);
      assertThat(running.observation().samples()).containsExactly(1);
      VectorEnvironment.Turn<Frame> ended = two.step(List.of(0, 1)).get(1);
      assertThat(ended.step().terminated()).isTrue();
      assertThat(ended.step().observation().samples()).containsExactly(2);
      assertThat(ended.observation().samples()).containsExactly(0);
      assertThat(two.step(List.of(0, 0)).get(0).observation().samples()).containsExactly(1);
    }
  }

  @Test
  void threadsGiveTheSameBytes() {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (VectorEnvironment<float[], Integer> serial =
            VectorEnvironment.serial(3, World.LUNAR_LANDER::state);
        VectorEnvironment<float[], Integer> parallel =
            VectorEnvironment.parallel(3, World.LUNAR_LANDER::state, threads)) {
      assertThat(run(parallel)).isEqualTo(run(serial));
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Float> run(VectorEnvironment<float[], Integer> environments) {
    List<Float> numbers = new ArrayList<>();
    environments.reset(3).forEach(start -> addAll(numbers, start.observation()));
    for (int i = 0; i < 300; i++) {
      environments.step(List.of(0, i % 4, 3)).forEach(turn -> addAll(numbers, turn.observation()));
    }
    return numbers;
  }

  private static void addAll(List<Float> numbers, float[] more) {
    for (float number : more) {
      numbers.add(number);
    }
  }

  @Test
  void everyEpisodeHasASeedOfItsOwn() {
    try (VectorEnvironment<float[], Integer> two =
        VectorEnvironment.serial(2, () -> new TimeLimit<>(new CartPole(), 1))) {
      List<List<Float>> starts = new ArrayList<>();
      two.reset(0).forEach(start -> starts.add(list(start.observation())));
      for (VectorEnvironment.Turn<float[]> turn : two.step(List.of(0, 0))) {
        starts.add(list(turn.observation()));
      }
      assertThat(starts).doesNotHaveDuplicates();
      assertThat(list(two.reset(0).get(1).observation())).isEqualTo(starts.get(1));
    }
  }

  private static List<Float> list(float[] numbers) {
    List<Float> list = new ArrayList<>();
    addAll(list, numbers);
    return list;
  }

  @Test
  void refusesActionsBeforeAnyIsTaken() {
    List<Counting> inner = new ArrayList<>();
    try (VectorEnvironment<Frame, Integer> two =
        VectorEnvironment.serial(
            2,
            () -> {
              inner.add(new Counting(1, 1, 1, 9));
              return inner.get(inner.size() - 1);
            })) {
      two.reset(0);
      assertThatThrownBy(() -> two.step(List.of(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there must be an action for each of 2 environments, were 1");
      assertThatThrownBy(() -> two.step(List.of(0, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("action must be in 0 to 2, was 3");
      assertThat(inner).allSatisfy(one -> assertThat(one.info()).containsEntry("steps", 0.0));
    }
    assertThat(inner).allSatisfy(one -> assertThat(one.closed).isTrue());
  }

  @Test
  void failuresComeThroughFromThreads() {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (VectorEnvironment<Frame, Integer> two =
        VectorEnvironment.parallel(2, () -> new Counting(1, 1, 1, 9), threads)) {
      assertThatThrownBy(() -> two.step(Collections.nCopies(2, 0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("reset must be called");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void hasAtLeastOne() {
    assertThatThrownBy(() -> VectorEnvironment.serial(0, CartPole::new))
        .hasMessage("environments must be >= 1, was 0");
  }
}
