package dev.kindred.rl.agent;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Start;
import dev.kindred.rl.env.Step;
import java.util.List;
import java.util.Map;

/**
 * A walk over the squares of a picture from the first, to the left (0) or to the right (1): an
 * episode ends with 1 at the last square, and each step costs a little.
 */
final class Corridor implements Environment<Frame, Integer> {
  static final int SIZE = 8;

  private int at;

  @Override
  public Space<Frame> observationSpace() {
    return new Space.Pixels(1, SIZE, SIZE);
  }

  @Override
  public Space<Integer> actionSpace() {
    return new Space.Discrete(2);
  }

  @Override
  public List<String> variables() {
    return List.of();
  }

  @Override
  public Start<Frame> reset(long seed) {
    at = 0;
    return new Start<>(seen(), Map.of());
  }

  @Override
  public Step<Frame> step(Integer action) {
    at = Math.max(0, at + 2 * action - 1);
    boolean there = at == SIZE - 1;
    return new Step<>(seen(), there ? 1 : -0.01, there, false, Map.of());
  }

  private Frame seen() {
    byte[] samples = new byte[SIZE * SIZE];
    for (int row = 2; row < 6; row++) {
      samples[row * SIZE + at] = (byte) 255;
    }
    return new Frame(1, SIZE, SIZE, samples);
  }
}
