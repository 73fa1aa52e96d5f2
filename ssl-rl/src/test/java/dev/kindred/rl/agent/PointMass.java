package dev.kindred.rl.agent;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Start;
import dev.kindred.rl.env.Step;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A point on a line that is pushed by up to 2 either way, and costs its distance from 0. */
final class PointMass implements Environment<float[], float[]> {
  static final float FORCE = 2;

  private double place;
  private double speed;

  @Override
  public Space<float[]> observationSpace() {
    return Space.Box.unbounded(2);
  }

  @Override
  public Space<float[]> actionSpace() {
    return Space.Box.of(1, -FORCE, FORCE);
  }

  @Override
  public List<String> variables() {
    return List.of();
  }

  @Override
  public Start<float[]> reset(long seed) {
    place = new SplittableRandom(seed).nextDouble(-1, 1);
    speed = 0;
    return new Start<>(seen(), Map.of());
  }

  @Override
  public Step<float[]> step(float[] action) {
    speed = 0.8 * speed + 0.1 * action[0];
    place += speed;
    return new Step<>(seen(), -Math.abs(place), false, false, Map.of());
  }

  private float[] seen() {
    return new float[] {(float) place, (float) speed};
  }
}
