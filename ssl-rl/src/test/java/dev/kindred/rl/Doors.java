package dev.kindred.rl;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Start;
import dev.kindred.rl.env.Step;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Two doors, of which one is open: the observation has a 1 in its place. Choosing it earns 1, the
 * other nothing, and again, for so many steps. What an agent learns in no time, for tests of those
 * that plug into others.
 */
public final class Doors implements Environment<float[], Integer> {
  private final int end;
  private SplittableRandom random = new SplittableRandom();
  private int open;
  private int steps;

  /** Doors that terminate after {@code end} steps. */
  public Doors(int end) {
    this.end = end;
  }

  @Override
  public Space<float[]> observationSpace() {
    return Space.Box.of(2, 0, 1);
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
  public Start<float[]> reset(long seed) {
    random = new SplittableRandom(seed);
    steps = 0;
    return new Start<>(next(), Map.of());
  }

  @Override
  public Step<float[]> step(Integer action) {
    if (steps >= end) {
      throw new IllegalStateException("the episode is over; call reset before the next step");
    }
    steps++;
    double reward = action == open ? 1 : 0;
    return new Step<>(next(), reward, steps == end, false, Map.of());
  }

  private float[] next() {
    open = random.nextInt(2);
    return open == 0 ? new float[] {1, 0} : new float[] {0, 1};
  }
}
