package dev.kindred.rl.env;

/**
 * Lands a {@link LunarLander} by rules: Gymnasium's heuristic, which leans towards the pad as a
 * proportional and derivative controller does, and hovers the higher the farther the pad is to the
 * side. It needs no training; it demonstrates the task and is a yardstick for who learns it.
 *
 * @see <a href="https://gymnasium.farama.org/environments/box2d/lunar_lander/">Gymnasium</a>
 */
public final class LunarLanderPilot {
  private static final double STEEPEST = 0.4;
  private static final double IDLE = 0.05;
  private static final double GAIN = 20;

  private LunarLanderPilot() {}

  /**
   * What to do with {@link LunarLander#discrete}.
   *
   * @param observation what the lander's state is observed as
   */
  public static int choose(float[] observation) {
    double lean = lean(observation);
    double lift = lift(observation);
    if (lift > Math.abs(lean) && lift > IDLE) {
      return 2;
    }
    if (lean < -IDLE) {
      return 3;
    }
    return lean > IDLE ? 1 : 0;
  }

  /**
   * What to do with {@link LunarLander#continuous}.
   *
   * @param observation what the lander's state is observed as
   */
  public static float[] steer(float[] observation) {
    return new float[] {lever(lift(observation) * GAIN - 1), lever(-lean(observation) * GAIN)};
  }

  private static float lever(double value) {
    return (float) Math.max(-1, Math.min(1, value));
  }

  private static boolean touches(float[] seen) {
    return seen[6] > 0 || seen[7] > 0;
  }

  /** How much is to be turned to the left. */
  private static double lean(float[] seen) {
    double target = Math.max(-STEEPEST, Math.min(STEEPEST, 0.5 * seen[0] + seen[2]));
    return touches(seen) ? 0 : 0.5 * (target - seen[4]) - seen[5];
  }

  /** How much is to be lifted; with a leg on the ground only the fall is braked. */
  private static double lift(float[] seen) {
    double brake = -0.5 * seen[3];
    return touches(seen) ? brake : 0.5 * (0.55 * Math.abs(seen[0]) - seen[1]) + brake;
  }
}
