package dev.kindred.rl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.rl.env.Backdrop;
import dev.kindred.rl.env.CartPole;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.PixelEnvironment;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.Step;
import dev.kindred.rl.env.TimeLimit;
import dev.kindred.runtime.KindredException;
import dev.kindred.weights.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final int FRAMES = 150;

  @TempDir Path folder;

  @Test
  void holdsWhatWasPlayed() {
    Path file = record("a", 30);
    SplittableRandom random = new SplittableRandom(3);
    try (Recording recording = Recording.open(file);
        Environment<Frame, Integer> env = environment(30)) {
      assertThat(recording.size()).isEqualTo(FRAMES);
      assertThat(recording.variables()).isEqualTo(env.variables());
      assertThat(recording.choices()).isEqualTo(2);
      assertThat(recording.about())
          .containsEntry("environment", "cartpole")
          .containsEntry("seed", 3);
      for (Recording.Episode episode : recording.episodes()) {
        Frame seen = env.reset(random.nextLong()).observation();
        for (int at = episode.first(); at < episode.last(); at++) {
          int i = at;
          assertThat(recording.frame(i).samples()).isEqualTo(seen.samples());
          int action = random.nextInt(2);
          assertThat(recording.action(i)).containsExactly(action);
          Step<Frame> step = env.step(action);
          assertThat(recording.reward(i)).isEqualTo((float) step.reward());
          assertThat(recording.terminated(i)).isFalse();
          assertThat(step.info())
              .hasEntrySatisfying(
                  "angle",
                  angle -> assertThat(recording.variables(i + 1)[2]).isEqualTo(angle.floatValue()));
          boolean cut = i + 2 == FRAMES;
          assertThat(recording.terminated(i + 1)).isEqualTo(step.terminated());
          assertThat(recording.truncated(i + 1))
              .isEqualTo(step.truncated() || (cut && !step.over()));
          seen = step.observation();
        }
        assertThat(recording.frame(episode.last()).samples()).isEqualTo(seen.samples());
      }
      assertThat(recording.episodes()).hasSizeGreaterThan(3);
      assertThat(recording.episodes().stream().mapToInt(Recording.Episode::frames).sum())
          .isEqualTo(FRAMES);
    }
  }

  @Test
  void theSameSettingsMakeTheSameFile() throws IOException {
    assertThat(Files.readAllBytes(record("a", 30))).isEqualTo(Files.readAllBytes(record("b", 30)));
  }

  @Test
  void aHeldPolicyRepeatsItsActions() {
    Policy<Frame, Integer> policy =
        Policy.<Frame, Integer>random(new CartPole().actionSpace()).held(4);
    SplittableRandom random = new SplittableRandom(0);
    Frame any = new Frame(1, 1, 1, new byte[1]);
    int changes = 0;
    int last = -1;
    for (int i = 0; i < 400; i++) {
      int action = policy.act(any, random);
      if (action != last && last >= 0) {
        assertThat(i % 4).isZero();
        changes++;
      }
      last = action;
    }
    assertThat(changes).isBetween(30, 70);
  }

  @Test
  void clipsStackWhatWasBeforeAndNeverCrossAnEnd() {
    try (Recording recording = Recording.open(record("a", 30));
        Clips clips = Clips.of(recording, 3, 2)) {
      int expected = 0;
      for (Recording.Episode episode : recording.episodes()) {
        for (int i = episode.first(); i + 2 <= episode.last(); i++) {
          Clip clip = clips.get(expected);
          assertThat(clips.frame(expected)).isEqualTo(i);
          assertThat(clip.length()).isEqualTo(5);
          for (int k = -2; k <= 2; k++) {
            assertThat(picture(clip, k + 2))
                .isEqualTo(recording.frame(Math.max(episode.first(), i + k)).samples());
          }
          assertThat(clip.actions())
              .isDeepEqualTo(new float[][] {recording.action(i), recording.action(i + 1)});
          expected++;
        }
      }
      assertThat(clips.size()).isEqualTo(expected);
      assertThat(clips.id(0)).isEqualTo("0:0");
      assertThat(clips.id(recording.episodes().get(0).frames() - 2)).isEqualTo("1:0");
    }
  }

  private static byte[] picture(Clip clip, int index) {
    int size = clip.frames().length / clip.length();
    return Arrays.copyOfRange(clip.frames(), index * size, (index + 1) * size);
  }

  @Test
  void refusesPairsThatAreFartherApartThanAnyEpisodeIsLong() {
    try (Recording recording = Recording.open(record("short", 5))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Clips.of(recording, 1, 6))
          .withMessageEndingWith(
              "an episode must have more than 6 steps for pairs that are 6 apart, the longest has"
                  + " 5; take pairs that are closer, or record longer episodes");
    }
  }

  @Test
  void aFileCutShortIsRefusedInOneLine() throws IOException {
    Path file = record("a", 30);
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.safetensors");
    for (int length : new int[] {0, 4, 100, whole.length / 2, whole.length - 1}) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Recording.open(cut))
          .isInstanceOf(KindredException.class)
          .hasMessageStartingWith(cut + ": ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void whatIsNoRecordingIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no recording, however long it may be");
    assertThatThrownBy(() -> Recording.open(text)).isInstanceOf(KindredException.class);
    assertThatThrownBy(() -> Recording.open(folder.resolve("missing")))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("missing");
    Path weights = folder.resolve("weights.safetensors");
    SafeTensors.write(weights, List.of(), Map.of("format", "pt"));
    assertThatThrownBy(() -> Recording.open(weights))
        .hasMessage(
            weights
                + ": format must be kindred-recording-1, was pt; give a recording of this version");
  }

  @Test
  void nothingHalfWrittenStaysWhenPlayFails() {
    Path file = folder.resolve("failed.safetensors");
    try (Environment<Frame, Integer> env = environment(30)) {
      assertThatThrownBy(
              () -> Recorder.<Integer>of(env, (seen, random) -> 7).frames(50).record(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("action must be in 0 to 1, was 7");
    }
    assertThat(folder).isEmptyDirectory();
  }

  private Path record(String name, int limit) {
    Path file = folder.resolve(name + ".safetensors");
    try (Environment<Frame, Integer> env = environment(limit)) {
      Recorder.of(env, Policy.random(env.actionSpace()))
          .frames(FRAMES)
          .seed(3)
          .about(Map.of("environment", "cartpole"))
          .record(file);
    }
    return file;
  }

  private static Environment<Frame, Integer> environment(int limit) {
    return new TimeLimit<>(new PixelEnvironment<>(new CartPole(), 10, 14, Backdrop.plain()), limit);
  }
}
