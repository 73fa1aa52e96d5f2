package dev.kindred.optim;

import dev.kindred.runtime.Require;
import java.util.List;

/** The form of a learning rate after its warm-up, as a factor in {@code [0, 1]}. */
sealed interface Curve {
  /**
   * The factor.
   *
   * @param progress how much of the time after warm-up has passed, in {@code [0, 1)}
   * @param epoch how many epochs have passed since the start of the run
   */
  double factor(double progress, double epoch);

  /** The name and what the curve adds to the settings. */
  Settings settings();

  /** Always 1. */
  record Constant() implements Curve {
    static final String NAME = "constant";

    @Override
    public double factor(double progress, double epoch) {
      return 1;
    }

    @Override
    public Settings settings() {
      return Settings.named(NAME);
    }
  }

  /** Half a cosine wave, from 1 towards 0. */
  record Cosine() implements Curve {
    static final String NAME = "cosine";

    @Override
    public double factor(double progress, double epoch) {
      return (1 + Math.cos(Math.PI * progress)) / 2;
    }

    @Override
    public Settings settings() {
      return Settings.named(NAME);
    }
  }

  /** Times {@code gamma} at each milestone. */
  record Step(float gamma, List<Integer> milestones) implements Curve {
    static final String NAME = "step";

    public Step {
      Require.that(gamma > 0 && gamma <= 1, "gamma", "in (0, 1]", gamma);
      Require.that(
          ascending(milestones), "milestones", "epochs > 0 in ascending order", milestones);
    }

    @Override
    public double factor(double progress, double epoch) {
      return Math.pow(gamma, (double) milestones.stream().filter(at -> at <= epoch).count());
    }

    @Override
    public Settings settings() {
      return Settings.named(NAME).put("gamma", gamma).put("milestones", milestones);
    }

    private static boolean ascending(List<Integer> milestones) {
      int last = 0;
      for (int milestone : milestones) {
        if (milestone <= last) {
          return false;
        }
        last = milestone;
      }
      return true;
    }
  }
}
