package dev.kindred.rl.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Step;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

class ReplayBufferTest {
  private static final Space<Frame> PICTURES = new Space.Pixels(1, 1, 2);
  private static final Space<Integer> CHOICES = new Space.Discrete(1000);
  private static final Space<float[]> VECTORS = Space.Box.unbounded(3);

  @TempDir Path dir;

  /** A picture that shows its number. */
  private static Frame picture(int number) {
    return new Frame(1, 1, 2, new byte[] {(byte) number, (byte) (number >> 8)});
  }

  private enum End {
    TERMINATED,
    TRUNCATED,
    CUT,
    RUNNING
  }

  private record Episode(int first, int length, End end, int firstAction) {}

  /** All that ever happened, as a list of episodes; the action of a transition is its number. */
  private static final class Life {
    final List<Episode> episodes = new ArrayList<>();
    int transitions;

    static Life random(long seed, int episodes) {
      Random random = new Random(seed);
      Life life = new Life();
      int observation = 1;
      for (int i = 0; i < episodes; i++) {
        int length = 1 + random.nextInt(8);
        End end =
            i == episodes - 1 ? End.values()[random.nextInt(4)] : End.values()[random.nextInt(3)];
        life.episodes.add(new Episode(observation, length, end, life.transitions));
        observation += length + 1;
        life.transitions += length;
      }
      return life;
    }

    double reward(int action) {
      return Math.sin(action);
    }

    void tell(ReplayBuffer<Frame, Integer> buffer) {
      for (Episode episode : episodes) {
        buffer.begin(picture(episode.first));
        for (int i = 0; i < episode.length; i++) {
          boolean last = i == episode.length - 1;
          int action = episode.firstAction + i;
          buffer.add(
              action,
              new Step<>(
                  picture(episode.first + i + 1),
                  reward(action),
                  last && episode.end == End.TERMINATED,
                  last && episode.end == End.TRUNCATED,
                  Map.of()));
        }
      }
    }

    Episode episodeOf(int action) {
      return episodes.stream()
          .filter(e -> action >= e.firstAction && action < e.firstAction + e.length)
          .findFirst()
          .orElseThrow();
    }
  }

  @Property(tries = 150)
  void samplesWhatAListOfWholeEpisodesSays(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int episodes,
      @ForAll @IntRange(min = 1, max = 30) int capacity,
      @ForAll @IntRange(min = 1, max = 4) int stack,
      @ForAll @IntRange(min = 1, max = 5) int steps) {
    Life life = Life.random(seed, episodes);
    ReplayBuffer<Frame, Integer> buffer = new ReplayBuffer<>(PICTURES, CHOICES, capacity, stack);
    life.tell(buffer);
    assertThat(buffer.size()).isEqualTo(Math.min(capacity, life.transitions));
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<Integer> seen = new TreeSet<>();
    for (int i = 0; i < 8; i++) {
      try (Transitions batch = buffer.sample(buffer.size(), steps, 0.9, random)) {
        for (int row = 0; row < buffer.size(); row++) {
          seen.add(check(life, batch, row, stack, steps));
        }
      }
    }
    assertThat(seen.first()).isGreaterThanOrEqualTo(life.transitions - buffer.size());
    assertThat(seen.size()).isGreaterThan(buffer.size() / 2);
  }

  private static int check(Life life, Transitions batch, int row, int stack, int steps) {
    int action = ((TInt32) batch.actions()).getInt(row);
    Episode episode = life.episodeOf(action);
    int within = action - episode.firstAction;
    int taken = Math.min(steps, episode.length - within);
    double reward = 0;
    for (int i = 0; i < taken; i++) {
      reward += Math.pow(0.9, i) * (float) life.reward(action + i);
    }
    boolean terminated = episode.end == End.TERMINATED && within + taken == episode.length;
    assertThat(batch.rewards().getFloat(row)).isCloseTo((float) reward, offset());
    assertThat(batch.discounts().getFloat(row))
        .isCloseTo(terminated ? 0 : (float) Math.pow(0.9, taken), offset());
    checkStack((TUint8) batch.observations(), row, episode.first, within, stack);
    checkStack((TUint8) batch.nextObservations(), row, episode.first, within + taken, stack);
    return action;
  }

  private static org.assertj.core.data.Offset<Float> offset() {
    return org.assertj.core.data.Offset.offset(1e-6f);
  }

  private static void checkStack(TUint8 tensor, int row, int first, int within, int stack) {
    for (int k = 0; k < stack; k++) {
      int number = first + Math.max(0, within - stack + 1 + k);
      int low = tensor.getByte(row, k, 0, 0) & 0xFF;
      int high = tensor.getByte(row, k, 0, 1) & 0xFF;
      assertThat(low + 256 * high).isEqualTo(number);
    }
  }

  @Test
  void keepsVectorsAndContinuousActions() {
    ReplayBuffer<float[], float[]> buffer =
        new ReplayBuffer<>(VECTORS, Space.Box.of(2, -1, 1), 10, 1);
    buffer.begin(new float[] {1, 2, 3});
    buffer.add(new float[] {.5f, -.5f}, step(new float[] {4, 5, 6}, 2, false));
    try (Transitions batch = buffer.sample(1, 3, 0.5, new SplittableRandom(0))) {
      assertThat(rows(batch.observations())).isDeepEqualTo(new float[][] {{1, 2, 3}});
      assertThat(rows(batch.nextObservations())).isDeepEqualTo(new float[][] {{4, 5, 6}});
      assertThat(rows(batch.actions())).isDeepEqualTo(new float[][] {{.5f, -.5f}});
      assertThat(batch.rewards().getFloat(0)).isEqualTo(2);
      assertThat(batch.discounts().getFloat(0)).isEqualTo(.5f);
    }
  }

  private static float[][] rows(Object tensor) {
    return StdArrays.array2dCopyOf((TFloat32) tensor);
  }

  private static <O> Step<O> step(O observation, double reward, boolean terminated) {
    return new Step<>(observation, reward, terminated, false, Map.of());
  }

  @Test
  void drawsTheSameForTheSameSeed() {
    ReplayBuffer<Frame, Integer> buffer = lived(100);
    assertThat(actions(buffer, 3)).isEqualTo(actions(buffer, 3)).isNotEqualTo(actions(buffer, 4));
  }

  private static ReplayBuffer<Frame, Integer> lived(int capacity) {
    ReplayBuffer<Frame, Integer> buffer = new ReplayBuffer<>(PICTURES, CHOICES, capacity, 3);
    Life.random(5, 20).tell(buffer);
    return buffer;
  }

  private static List<Integer> actions(ReplayBuffer<Frame, Integer> buffer, long seed) {
    try (Transitions batch = buffer.sample(20, 1, 1, new SplittableRandom(seed))) {
      List<Integer> actions = new ArrayList<>();
      ((TInt32) batch.actions()).scalars().forEach(value -> actions.add(value.getInt()));
      return actions;
    }
  }

  @Test
  void aHundredThousandPicturesTakeLessThan750Megabytes() {
    // With an episode's last picture beside, in episodes of 200 steps.
    assertThat(ObservationLog.mostBytes(84 * 84, 100_000 + 100_000 / 200)).isLessThan(750_000_000);
  }

  @Test
  void takesMemoryAsItIsNeededAndUsesItAgain() {
    int size = 1 << 20;
    ReplayBuffer<Frame, Integer> buffer =
        new ReplayBuffer<>(new Space.Pixels(1, 1024, 1024), CHOICES, 20, 2);
    byte[] samples = new byte[size];
    buffer.begin(new Frame(1, 1024, 1024, samples));
    assertThat(buffer.log().takenBytes()).isEqualTo(4L * size);
    for (int i = 0; i < 200; i++) {
      Arrays.fill(samples, (byte) i);
      buffer.add(i, step(new Frame(1, 1024, 1024, samples), 0, false));
      assertThat(buffer.log().takenBytes()).isLessThanOrEqualTo(ObservationLog.mostBytes(size, 23));
    }
    try (Transitions batch = buffer.sample(5, 1, 1, new SplittableRandom(1))) {
      for (int row = 0; row < 5; row++) {
        byte action = (byte) ((TInt32) batch.actions()).getInt(row);
        assertThat(((TUint8) batch.nextObservations()).getByte(row, 1, 7, 7)).isEqualTo(action);
        assertThat(((TUint8) batch.observations()).getByte(row, 1, 7, 7))
            .isEqualTo((byte) (action - 1));
      }
    }
  }

  @Test
  void comesBackFromItsFile() {
    for (int capacity : new int[] {17, 1000}) {
      ReplayBuffer<Frame, Integer> buffer = lived(capacity);
      buffer.save(dir.resolve("buffer"));
      ReplayBuffer<Frame, Integer> read =
          ReplayBuffer.load(dir.resolve("buffer"), PICTURES, CHOICES);
      assertThat(read.size()).isEqualTo(buffer.size());
      assertThat(read.capacity()).isEqualTo(capacity);
      try (Transitions a = buffer.sample(15, 3, 0.9, new SplittableRandom(3));
          Transitions b = read.sample(15, 3, 0.9, new SplittableRandom(3))) {
        // The rings are turned against each other, but ages are what is drawn.
        assertThat(a.actions()).isEqualTo(b.actions());
        assertThat(a.observations()).isEqualTo(b.observations());
        assertThat(a.nextObservations()).isEqualTo(b.nextObservations());
        assertThat(a.rewards()).isEqualTo(b.rewards());
        assertThat(a.discounts()).isEqualTo(b.discounts());
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> read.add(1, step(picture(1), 0, false)))
          .withMessageContaining("begin must be called");
    }
  }

  @Test
  void refusesATruncatedOrForeignFile() throws IOException {
    Path file = dir.resolve("buffer");
    lived(50).save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {8, 20, 60, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertDamaged(file, "is truncated or damaged");
    }
    whole[whole.length / 2] ^= 1;
    Files.write(file, whole);
    assertDamaged(file, "is truncated or damaged");
    Files.writeString(file, "something else altogether, and long enough for a header of this");
    assertDamaged(file, "is not a replay buffer's file");
    Files.delete(file);
    assertDamaged(file, "does not exist");
  }

  private static void assertDamaged(Path file, String what) {
    assertThatThrownBy(() -> ReplayBuffer.load(file, PICTURES, CHOICES))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(file + ": " + what);
  }

  @Test
  void refusesAFileOfOtherSpaces() {
    Path file = dir.resolve("buffer");
    lived(50).save(file);
    assertThatThrownBy(() -> ReplayBuffer.load(file, VECTORS, CHOICES))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            file
                + ": observations must be of 12 bytes, were of 2; give the spaces that it was saved"
                + " with");
  }

  @Test
  void saysWhatIsWrong() {
    ReplayBuffer<Frame, Integer> buffer = new ReplayBuffer<>(PICTURES, CHOICES, 10, 1);
    assertThatIllegalStateException()
        .isThrownBy(() -> buffer.add(0, step(picture(1), 0, false)))
        .withMessage("begin must be called before an episode's first transition");
    buffer.begin(picture(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> buffer.sample(4, 1, 1, new SplittableRandom(0)))
        .withMessageContaining("a batch of 4 needs as many transitions, but there are 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buffer.add(0, step(new Frame(1, 2, 1, new byte[2]), 0, false)))
        .withMessage("observation must be of pictures of [1, 1, 2], was [1, 2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buffer.add(0, step(picture(2), Double.NaN, false)))
        .withMessage("reward must be finite, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buffer.add(1000, step(picture(2), 0, false)));
    assertThat(buffer.size()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReplayBuffer<>(VECTORS, CHOICES, 10, 2))
        .withMessage("stack must be 1 for observations that are not pictures, was 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReplayBuffer<>(PICTURES, CHOICES, 0, 1))
        .withMessage("capacity must be >= 1, was 0");
  }
}
