package dev.kindred.rl.data;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * The observations of a recording as examples: at each, a stack of pictures and those that
 * followed. No clip crosses the end of an episode: at its beginning the first picture is repeated,
 * and what has too little after it is no example.
 */
public final class Clips implements Dataset<Clip> {
  private final Recording recording;
  private final int stack;
  private final int ahead;
  private final int[] anchors;
  private final int[] episodes;

  private Clips(Recording recording, int stack, int ahead) {
    Require.atLeastOne("stack", stack);
    Require.that(ahead >= 0, "steps ahead", ">= 0", ahead);
    this.recording = recording;
    this.stack = stack;
    this.ahead = ahead;
    List<int[]> found = new ArrayList<>();
    for (int number = 0; number < recording.episodes().size(); number++) {
      Recording.Episode episode = recording.episodes().get(number);
      for (int i = episode.first(); i + ahead <= episode.last(); i++) {
        found.add(new int[] {i, number});
      }
    }
    anchors = found.stream().mapToInt(at -> at[0]).toArray();
    episodes = found.stream().mapToInt(at -> at[1]).toArray();
    requireSome();
  }

  private void requireSome() {
    if (anchors.length == 0) {
      throw new IllegalArgumentException(
          "%s: an episode must have more than %d steps for pairs that are %d apart, the longest has"
                  .formatted(recording.path(), ahead, ahead)
              + " %d; take pairs that are closer, or record longer episodes".formatted(longest()));
    }
  }

  private int longest() {
    return recording.episodes().stream().mapToInt(Recording.Episode::frames).max().orElse(1) - 1;
  }

  /**
   * The examples of {@code recording}, which stays the caller's.
   *
   * @param stack the pictures of an observation, {@code >= 1}
   * @param ahead how many steps after it belong to an example, {@code >= 0}
   * @throws IllegalArgumentException if no episode is that long
   */
  public static Clips of(Recording recording, int stack, int ahead) {
    return new Clips(recording, stack, ahead);
  }

  @Override
  public int size() {
    return anchors.length;
  }

  /** Which picture of the recording is the last of the stack of example {@code index}. */
  public int frame(int index) {
    return anchors[index];
  }

  @Override
  public Clip get(int index) {
    int anchor = anchors[index];
    int length = stack + ahead;
    int from = Math.max(beginning(index), anchor + 1 - stack);
    byte[] read = recording.frames(from, anchor + ahead + 1 - from);
    return new Clip(
        length,
        recording.channels(),
        recording.height(),
        recording.width(),
        padded(read, length),
        actions(anchor));
  }

  /** The first picture again, as often as one is missing before it. */
  private byte[] padded(byte[] read, int length) {
    int frame = recording.channels() * recording.height() * recording.width();
    byte[] samples = new byte[Math.multiplyExact(frame, length)];
    int missing = samples.length - read.length;
    System.arraycopy(read, 0, samples, missing, read.length);
    for (int at = 0; at < missing; at += frame) {
      System.arraycopy(read, 0, samples, at, frame);
    }
    return samples;
  }

  /** What was done from the observation on; what was done within its stack nobody asks. */
  private float[][] actions(int anchor) {
    float[][] actions = new float[ahead][];
    for (int i = 0; i < ahead; i++) {
      actions[i] = recording.action(anchor + i);
    }
    return actions;
  }

  /** The first picture of an example's episode. */
  private int beginning(int index) {
    return recording.episodes().get(episodes[index]).first();
  }

  /** The episode and the step in it, both counting from 0, such as {@code 3:17}. */
  @Override
  public String id(int index) {
    return "%d:%d".formatted(episodes[index], anchors[index] - beginning(index));
  }

  /** The number of its episode. */
  @Override
  public int group(int index) {
    return episodes[index];
  }

  @Override
  public int label(int index) {
    return NO_LABEL;
  }

  @Override
  public List<String> classNames() {
    return List.of();
  }

  @Override
  public String description() {
    return "%s (%s)"
        .formatted(
            recording.path().getFileName(), recording.about().getOrDefault("environment", "?"));
  }

  @Override
  public void close() {}
}
