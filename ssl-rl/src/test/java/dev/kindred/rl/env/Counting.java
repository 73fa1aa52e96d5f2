package dev.kindred.rl.env;

import java.util.List;
import java.util.Map;

/** Pictures whose samples are all how many steps there were, for so many steps. */
class Counting implements Environment<Frame, Integer> {
  private final Space.Pixels pixels;
  private final int end;
  private int steps = -1;
  boolean closed;

  Counting(int channels, int height, int width, int end) {
    pixels = new Space.Pixels(channels, height, width);
    this.end = end;
  }

  @Override
  public Space<Frame> observationSpace() {
    return pixels;
  }

  @Override
  public Space<Integer> actionSpace() {
    return new Space.Discrete(3);
  }

  @Override
  public List<String> variables() {
    return List.of("steps");
  }

  @Override
  public Start<Frame> reset(long seed) {
    steps = 0;
    return new Start<>(frame(), info());
  }

  @Override
  public Step<Frame> step(Integer action) {
    if (steps < 0 || steps == end) {
      throw new IllegalStateException("reset must be called");
    }
    if (!actionSpace().contains(action)) {
      throw new IllegalArgumentException("no action: " + action);
    }
    steps++;
    return new Step<>(frame(), action, steps == end, false, info());
  }

  Frame frame() {
    byte[] samples = new byte[pixels.size()];
    java.util.Arrays.fill(samples, (byte) steps);
    return new Frame(pixels.channels(), pixels.height(), pixels.width(), samples);
  }

  Map<String, Double> info() {
    return Map.of("steps", (double) steps);
  }

  @Override
  public void close() {
    closed = true;
  }
}
