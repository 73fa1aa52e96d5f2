package dev.kindred.rl.data;

import dev.kindred.rl.env.Frame;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.weights.TensorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Episodes that were played, in a file: pictures, actions, rewards, ends and the true state. Only
 * what is asked for is read, so a recording may be larger than memory. Safe for use from several
 * threads at once; close it when done.
 *
 * <p>The file is in the safetensors format, so that other programs read it without this library.
 * Its tensors have one row for each picture, episode after episode, {@code n} in all; an episode of
 * {@code m} steps has {@code m + 1} pictures.
 *
 * <table>
 *   <caption>Tensors</caption>
 *   <tr><td>{@code frames}</td><td>U8 {@code [n, channels, height, width]}</td></tr>
 *   <tr><td>{@code actions}</td><td>F32 {@code [n, numbers]}: what was done at that picture, for a
 *       choice its number; zeros at the last of an episode</td></tr>
 *   <tr><td>{@code rewards}</td><td>F32 {@code [n]}: what that earned</td></tr>
 *   <tr><td>{@code ends}</td><td>U8 {@code [n]}: 0 where the episode goes on after the picture, 1
 *       where it terminated there, 2 where it was truncated, 3 for both</td></tr>
 *   <tr><td>{@code variables}</td><td>F32 {@code [n, variables]}: the true state</td></tr>
 * </table>
 *
 * <p>Its metadata are {@code format} ({@value #FORMAT}), {@code variables} (a JSON object whose
 * {@code names} is an array) and {@code recording} (a JSON object: what was recorded, and how;
 * {@code choices} is the number of possible actions, 0 for continuous ones).
 *
 * <pre>{@code
 * try (Recording recording = Recording.open(Path.of("lander.safetensors"))) {
 *   float[] state = recording.variables(17);
 * }
 * }</pre>
 *
 * @see Recorder
 */
public final class Recording implements AutoCloseable {
  static final String FORMAT = "kindred-recording-1";
  static final String FRAMES = "frames";
  static final String ACTIONS = "actions";
  static final String REWARDS = "rewards";
  static final String ENDS = "ends";
  static final String VARIABLES = "variables";
  static final String ABOUT = "recording";
  static final String CHOICES = "choices";
  static final int TERMINATED = 1;
  static final int TRUNCATED = 2;

  private static final String AGAIN = "; record it again";

  private final Path path;
  private final TensorFile file;
  private final int size;
  private final int channels;
  private final int height;
  private final int width;
  private final float[] actions;
  private final float[] rewards;
  private final byte[] ends;
  private final float[] truth;
  private final List<String> variables;
  private final Map<String, Object> about;
  private final List<Episode> episodes = new ArrayList<>();

  /**
   * Where an episode is in the recording.
   *
   * @param first its first picture
   * @param frames how many pictures it has, one more than steps
   */
  public record Episode(int first, int frames) {
    /** Its last picture. */
    public int last() {
      return first + frames - 1;
    }
  }

  private Recording(Path path, TensorFile file) {
    this.path = path;
    this.file = file;
    requireFormat();
    long[] shape = shape(FRAMES, 4);
    size = Math.toIntExact(shape[0]);
    channels = Math.toIntExact(shape[1]);
    height = Math.toIntExact(shape[2]);
    width = Math.toIntExact(shape[3]);
    variables = names();
    about = json(ABOUT);
    requireRows(shape(ACTIONS, 2)[0], ACTIONS);
    requireRows(shape(REWARDS, 1)[0], REWARDS);
    requireRows(shape(ENDS, 1)[0], ENDS);
    requireRows(shape(VARIABLES, 2)[0], VARIABLES);
    actions = file.floats(ACTIONS);
    rewards = file.floats(REWARDS);
    truth = file.floats(VARIABLES);
    ends = new byte[size];
    file.read(ENDS, 0, ends);
    findEpisodes();
  }

  /**
   * Opens a recording.
   *
   * @throws KindredException if it is missing, may not be read, is no recording, or a damaged one
   */
  public static Recording open(Path file) {
    TensorFile tensors = TensorFile.open(file);
    try {
      return new Recording(file, tensors);
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The number of pictures, at least 1. */
  public int size() {
    return size;
  }

  /** The planes of a picture. */
  public int channels() {
    return channels;
  }

  /** The height of a picture in pixels. */
  public int height() {
    return height;
  }

  /** The width of a picture in pixels. */
  public int width() {
    return width;
  }

  /** How many numbers an action is of. */
  public int actionSize() {
    return actions.length / size;
  }

  /** Among how many choices an action is one; 0 where actions are continuous. */
  public int choices() {
    return about.get(CHOICES) instanceof Number number ? number.intValue() : 0;
  }

  /** The episodes in their order. */
  public List<Episode> episodes() {
    return Collections.unmodifiableList(episodes);
  }

  /** The names of the true state's variables. */
  public List<String> variables() {
    return variables;
  }

  /** What was recorded and how: environment, policy, seed. */
  public Map<String, Object> about() {
    return about;
  }

  /** A picture. */
  public Frame frame(int index) {
    return new Frame(channels, height, width, frames(index, 1));
  }

  /** Pictures that follow each other, one after the other. */
  byte[] frames(int first, int count) {
    int bytes = channels * height * width;
    byte[] samples = new byte[Math.multiplyExact(bytes, count)];
    file.read(FRAMES, (long) first * bytes, samples);
    return samples;
  }

  /** What was done at a picture; zeros at the last of an episode. */
  public float[] action(int index) {
    return row(actions, index);
  }

  /** What was earned by that; 0 at the last picture of an episode. */
  public float reward(int index) {
    return rewards[index];
  }

  /** The true state at a picture. */
  public float[] variables(int index) {
    return row(truth, index);
  }

  /** Whether the world came to an end at a picture. */
  public boolean terminated(int index) {
    return (ends[index] & TERMINATED) != 0;
  }

  /** Whether the episode was cut at a picture. */
  public boolean truncated(int index) {
    return (ends[index] & TRUNCATED) != 0;
  }

  @Override
  public void close() {
    file.close();
  }

  private float[] row(float[] values, int index) {
    Objects.checkIndex(index, size);
    int numbers = values.length / size;
    return Arrays.copyOfRange(values, index * numbers, (index + 1) * numbers);
  }

  private void requireFormat() {
    String format = file.metadata().get("format");
    if (!FORMAT.equals(format)) {
      throw new KindredException(
          "%s: format must be %s, was %s; give a recording of this version"
              .formatted(path, FORMAT, format));
    }
  }

  private long[] shape(String tensor, int dimensions) {
    long[] shape = file.shape(tensor);
    if (shape.length != dimensions || shape[0] < 1) {
      throw new KindredException(
          "%s: %s must have %d dimensions and a row or more, has shape %s"
                  .formatted(path, tensor, dimensions, Arrays.toString(shape))
              + AGAIN);
    }
    return shape;
  }

  private void requireRows(long rows, String tensor) {
    if (rows != size) {
      throw new KindredException(
          "%s: %s must have a row for each of %d frames, has %d".formatted(path, tensor, size, rows)
              + AGAIN);
    }
  }

  private List<String> names() {
    Map<String, Object> read = json(VARIABLES);
    if (!(read.get("names") instanceof List<?> names) || names.size() != shape(VARIABLES, 2)[1]) {
      throw new KindredException(
          "%s: variables must have %d names, was %s"
                  .formatted(path, shape(VARIABLES, 2)[1], file.metadata().get(VARIABLES))
              + AGAIN);
    }
    return names.stream().map(String::valueOf).toList();
  }

  private Map<String, Object> json(String key) {
    try {
      return Json.parse(file.metadata().getOrDefault(key, ""));
    } catch (IllegalArgumentException e) {
      throw new KindredException(
          "%s: metadata %s must be JSON (%s)".formatted(path, key, e.getMessage()) + AGAIN, e);
    }
  }

  private void findEpisodes() {
    int first = 0;
    for (int i = 0; i < size; i++) {
      if (ends[i] != 0) {
        episodes.add(new Episode(first, i + 1 - first));
        first = i + 1;
      }
    }
    if (first < size) {
      throw new KindredException(
          "%s: the last episode must end, has none of the values 1 to 3 in ends after picture %d"
                  .formatted(path, first)
              + AGAIN);
    }
  }
}
