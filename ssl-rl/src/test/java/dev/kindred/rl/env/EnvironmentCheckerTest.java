package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentCheckerTest {
  static List<World<?>> worlds() {
    return World.all();
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void everyWorldKeepsTheContract(World<?> world) {
    assertThatCode(
            () -> {
              EnvironmentChecker.check(world.state());
              EnvironmentChecker.check(
                  new FrameStack<>(world.pixels(21, 42, Distractors.defaults()), 3));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void limitsAreChecked() {
    EnvironmentChecker.check(new TimeLimit<>(new Counting(1, 2, 2, 50), 20));
    refused(
        new TimeLimit<>(
            new Counting(1, 2, 2, 50) {
              @Override
              public Step<Frame> step(Integer action) {
                Step<Frame> step = super.step(action);
                return new Step<>(step.observation(), 0, false, true, step.info());
              }
            },
            20),
        "a time limit of 20 must truncate there, not at step 1");
  }

  private static void refused(Environment<?, ?> environment, String message) {
    assertThatThrownBy(() -> EnvironmentChecker.check(environment))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  @Test
  void observationsMustBeInTheirSpace() {
    refused(
        new Counting(1, 2, 2, 9) {
          @Override
          Frame frame() {
            return new Frame(1, 1, 4, new byte[4]);
          }
        },
        "the observation of reset must be in pictures of [1, 2, 2], was [1, 1, 4]");
  }

  @Test
  void infoMustHaveTheVariables() {
    refused(
        new Counting(1, 2, 2, 9) {
          @Override
          Map<String, Double> info() {
            return Map.of("other", 0.0);
          }
        },
        "the info of reset must begin with [steps], had [other]");
  }

  @Test
  void episodesMustRepeat() {
    refused(
        new Counting(1, 1, 1, 9) {
          private byte calls;

          @Override
          Frame frame() {
            return new Frame(1, 1, 1, new byte[] {calls++});
          }
        },
        "the same seed and the same actions must give the same bytes");
  }

  @Test
  void stepsMustBeRefusedOutsideAnEpisode() {
    refused(
        new Counting(1, 1, 1, 9) {
          @Override
          public Step<Frame> step(Integer action) {
            return new Step<>(frame(), 0, false, false, info());
          }
        },
        "step must throw IllegalStateException before the first reset");
    refused(
        new Counting(1, 1, 1, 90) {
          @Override
          public Step<Frame> step(Integer action) {
            Step<Frame> step = super.step(action);
            return new Step<>(step.observation(), 0, true, false, step.info());
          }
        },
        "step must throw IllegalStateException after the end of an episode");
  }

  @Test
  void actionsOutsideMustBeRefused() {
    refused(
        new Counting(1, 1, 1, 9) {
          @Override
          public Step<Frame> step(Integer action) {
            return super.step(0);
          }
        },
        "step must throw IllegalArgumentException for 3, outside the action space");
  }

  @Test
  void rewardsMustBeFinite() {
    refused(
        new Counting(1, 1, 1, 9) {
          @Override
          public Step<Frame> step(Integer action) {
            Step<Frame> step = super.step(action);
            return new Step<>(
                step.observation(), Double.NaN, step.terminated(), false, step.info());
          }
        },
        "the reward of step 1 must be finite");
  }
}
