package dev.kindred.rl.data;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Step;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.Require;
import dev.kindred.weights.TensorFile;
import dev.kindred.weights.TensorFile.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Plays an environment by a policy and records it. The same settings make the same file.
 *
 * <pre>{@code
 * Recorder.of(env, Policy.random(env.actionSpace()))
 *     .frames(20_000).seed(1).about(Map.of("environment", "lunar-lander"))
 *     .record(Path.of("lander.safetensors"));
 * }</pre>
 *
 * @param <A> an action
 */
public final class Recorder<A> {
  private final Environment<Frame, A> environment;
  private final Policy<? super Frame, A> policy;
  private int frames = 20_000;
  private long seed;
  private Map<String, ?> about = Map.of();
  private IntConsumer progress = recorded -> {};

  private Recorder(Environment<Frame, A> environment, Policy<? super Frame, A> policy) {
    this.environment = environment;
    this.policy = policy;
  }

  /** Plays {@code environment}, which stays the caller's, by {@code policy}. */
  public static <A> Recorder<A> of(
      Environment<Frame, A> environment, Policy<? super Frame, A> policy) {
    return new Recorder<>(environment, policy);
  }

  /** How many pictures are recorded, {@code >= 2}; 20,000 unless set. The last episode is cut. */
  public Recorder<A> frames(int count) {
    Require.that(count >= 2, "frames", ">= 2", count);
    frames = count;
    return this;
  }

  /** What episodes and policy derive from; 0 unless set. */
  public Recorder<A> seed(long value) {
    seed = value;
    return this;
  }

  /** What this is, in JSON types, to be kept in the file. */
  public Recorder<A> about(Map<String, ?> value) {
    about = new LinkedHashMap<>(value);
    return this;
  }

  /** Tells of every picture, counting from 1. */
  public Recorder<A> progress(IntConsumer listener) {
    progress = listener;
    return this;
  }

  /**
   * Plays and writes, the file whole or not at all.
   *
   * @throws dev.kindred.runtime.KindredException if it cannot be written
   */
  public void record(Path file) {
    Space.Pixels pixels = pixels();
    int variables = environment.variables().size();
    int numbers = numbers(environment.actionSpace());
    Rows rows = new Rows(frames, numbers, variables);
    TensorFile.write(
        file,
        List.of(
            new Layout(
                Recording.FRAMES, true, frames, pixels.channels(), pixels.height(), pixels.width()),
            new Layout(Recording.ACTIONS, false, frames, numbers),
            new Layout(Recording.REWARDS, false, frames),
            new Layout(Recording.ENDS, true, frames),
            new Layout(Recording.VARIABLES, false, frames, variables)),
        metadata(),
        out -> {
          play(out, rows);
          rows.write(out);
        });
  }

  private Space.Pixels pixels() {
    if (!(environment.observationSpace() instanceof Space.Pixels pixels)) {
      throw new IllegalArgumentException(
          "observations must be pictures, were " + environment.observationSpace());
    }
    return pixels;
  }

  private static int numbers(Space<?> actions) {
    return actions instanceof Space.Box box ? box.size() : 1;
  }

  private static int choices(Space<?> actions) {
    return actions instanceof Space.Discrete discrete ? discrete.n() : 0;
  }

  private Map<String, String> metadata() {
    Map<String, Object> description = new LinkedHashMap<>(about);
    description.put(Recording.CHOICES, choices(environment.actionSpace()));
    description.put("seed", seed);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", Recording.FORMAT);
    metadata.put(Recording.VARIABLES, Json.line(Map.of("names", environment.variables())));
    metadata.put(Recording.ABOUT, Json.line(description));
    return metadata;
  }

  /** Episode seeds and the policy's randomness come from one source, in the order of play. */
  private void play(OutputStream out, Rows rows) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    while (rows.count() < frames) {
      var start = environment.reset(random.nextLong());
      Frame seen = start.observation();
      keep(out, rows, seen, start.info());
      boolean over = false;
      while (!over && rows.count() < frames) {
        A action = policy.act(seen, random);
        Step<Frame> step = environment.step(action);
        rows.acted(numbers(action), step.reward());
        seen = step.observation();
        keep(out, rows, seen, step.info());
        rows.ended(step.terminated(), step.truncated());
        over = step.over();
      }
    }
    if (!rows.over()) {
      rows.ended(false, true);
    }
  }

  private void keep(OutputStream out, Rows rows, Frame frame, Map<String, Double> info)
      throws IOException {
    out.write(frame.samples());
    rows.add(environment.variables().stream().map(info::get).toList());
    progress.accept(rows.count());
  }

  private static float[] numbers(Object action) {
    return action instanceof float[] numbers
        ? numbers
        : new float[] {((Number) action).floatValue()};
  }

  /** What is kept beside the pictures, until all of these are written. */
  private static final class Rows {
    private final float[] actions;
    private final float[] rewards;
    private final byte[] ends;
    private final float[] variables;
    private final int frames;
    private int count;

    Rows(int frames, int numbers, int variables) {
      this.frames = frames;
      actions = new float[Math.multiplyExact(frames, numbers)];
      rewards = new float[frames];
      ends = new byte[frames];
      this.variables = new float[Math.multiplyExact(frames, variables)];
    }

    int count() {
      return count;
    }

    void add(List<Double> truth) {
      int first = count * (variables.length / frames);
      for (int i = 0; i < truth.size(); i++) {
        variables[first + i] = truth.get(i).floatValue();
      }
      count++;
    }

    void acted(float[] action, double reward) {
      System.arraycopy(action, 0, actions, (count - 1) * action.length, action.length);
      rewards[count - 1] = (float) reward;
    }

    void ended(boolean terminated, boolean truncated) {
      ends[count - 1] =
          (byte) ((terminated ? Recording.TERMINATED : 0) | (truncated ? Recording.TRUNCATED : 0));
    }

    boolean over() {
      return ends[count - 1] != 0;
    }

    void write(OutputStream out) throws IOException {
      out.write(bytes(actions));
      out.write(bytes(rewards));
      out.write(ends);
      out.write(bytes(variables));
    }

    private static byte[] bytes(float[] values) {
      ByteBuffer buffer =
          ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
              .order(ByteOrder.LITTLE_ENDIAN);
      buffer.asFloatBuffer().put(values);
      return buffer.array();
    }
  }
}
