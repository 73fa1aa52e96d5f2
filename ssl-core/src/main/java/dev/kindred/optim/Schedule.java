package dev.kindred.optim;

import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.Map;

/**
 * The learning rate as a pure function of how far training has come. Immutable; nothing is counted
 * inside, so a resumed run goes on where it stopped.
 *
 * <pre>
 * k = step - 1, n = totalSteps, w = warm-up, all in steps                  (perEpoch: in epochs)
 * factor = (k + 1) / w                          for k &lt; w, so the first step is not lost to a 0
 * factor = curve((k - w) / (n - w))             from then on
 * learning rate = floor + (base - floor) * factor
 * </pre>
 *
 * <p>The curves: constant 1; cosine {@code (1 + cos(pi x)) / 2} (Loshchilov and Hutter, "SGDR",
 * ICLR 2017, arXiv:1608.03983); steps of {@code gamma} at milestones. The warm-up's formula is
 * lightly's and Goyal et al.'s (arXiv:1706.02677).
 */
public final class Schedule {
  private final Curve curve;
  private final float base;
  private final float floor;
  private final double warmup;
  private final Unit unit;

  /** How often the learning rate changes. */
  private enum Unit {
    STEP,
    EPOCH
  }

  private Schedule(Curve curve, float base, float floor, double warmup, Unit unit) {
    this.curve = curve;
    this.base = Require.positive("learning rate", base);
    this.floor = Require.atLeastZero("floor", floor);
    Require.that(floor <= base, "floor", "<= the learning rate " + base, floor);
    Require.that(
        Double.isFinite(warmup) && warmup >= 0, "warm-up epochs", "finite and >= 0", warmup);
    this.warmup = warmup;
    this.unit = unit;
  }

  /**
   * The same learning rate throughout.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public static Schedule constant(float learningRate) {
    return of(new Curve.Constant(), learningRate);
  }

  /**
   * From {@code learningRate} along half a cosine wave to 0, or to {@link #floor}, at the end of
   * the run. Changes at every step unless told {@link #perEpoch}.
   *
   * @throws IllegalArgumentException if the learning rate is not finite and {@code > 0}
   */
  public static Schedule cosine(float learningRate) {
    return of(new Curve.Cosine(), learningRate);
  }

  /**
   * {@code learningRate}, times {@code gamma} from the start of each milestone on.
   *
   * @param gamma in {@code (0, 1]}
   * @param milestones epochs since the start of the run, warm-up included, ascending
   * @throws IllegalArgumentException if a value is out of its range
   */
  public static Schedule step(float learningRate, float gamma, int... milestones) {
    return of(new Curve.Step(gamma, Arrays.stream(milestones).boxed().toList()), learningRate);
  }

  /**
   * The schedule that {@code settings} describe, the inverse of {@link #settings}.
   *
   * @throws IllegalArgumentException if the name is unknown, or a setting is missing, unknown or
   *     out of range
   */
  public static Schedule of(Map<String, ?> settings) {
    Settings.Reader in = Settings.read("schedule", settings);
    Schedule schedule =
        new Schedule(
            curve(in),
            in.number("learningRate"),
            in.number("floor"),
            in.real("warmupEpochs"),
            in.choice("per", Unit.class));
    in.end();
    return schedule;
  }

  /**
   * This schedule with a linear rise over the first {@code epochs}, which may be a fraction; it is
   * rounded to whole steps, or whole epochs under {@link #perEpoch}.
   *
   * @throws IllegalArgumentException if {@code epochs} is negative or not finite
   */
  public Schedule warmup(double epochs) {
    return new Schedule(curve, base, floor, epochs, unit);
  }

  /**
   * This schedule with {@code min} in the place of zero: what the cosine falls to, what steps decay
   * to and where the warm-up starts from.
   *
   * @throws IllegalArgumentException if {@code min} is negative or above the learning rate
   */
  public Schedule floor(float min) {
    return new Schedule(curve, base, min, warmup, unit);
  }

  /**
   * This schedule changing at the start of each epoch only, as PyTorch's schedulers do that are
   * stepped once an epoch: epoch {@code e} of {@code E} has progress {@code e / E}.
   */
  public Schedule perEpoch() {
    return new Schedule(curve, base, floor, warmup, Unit.EPOCH);
  }

  /** This schedule changing at every step, which is the default. */
  public Schedule perStep() {
    return new Schedule(curve, base, floor, warmup, Unit.STEP);
  }

  /**
   * The learning rate, in {@code [floor, base]}.
   *
   * @param step which step is to be taken, counting from 1 to {@code totalSteps}
   * @param stepsPerEpoch how many steps make an epoch, {@code >= 1}
   * @param totalSteps how many steps the whole run has
   * @throws IllegalArgumentException if a number is out of its range, or the warm-up leaves nothing
   *     of the run
   */
  public float at(long step, long stepsPerEpoch, long totalSteps) {
    Require.atLeastOne("steps per epoch", stepsPerEpoch);
    Require.that(step >= 1 && step <= totalSteps, "step", "in 1 to " + totalSteps, step);
    return unit == Unit.STEP
        ? rate(step - 1, stepsPerEpoch, totalSteps)
        : rate((step - 1) / stepsPerEpoch, 1, (totalSteps - 1) / stepsPerEpoch + 1);
  }

  /** Everything that defines this schedule, in JSON types; {@code name} comes first. */
  public Map<String, Object> settings() {
    return curve
        .settings()
        .put("learningRate", base)
        .put("floor", floor)
        .put("warmupEpochs", warmup)
        .put("per", unit)
        .map();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule that && settings().equals(that.settings());
  }

  @Override
  public int hashCode() {
    return settings().hashCode();
  }

  @Override
  public String toString() {
    return settings().toString();
  }

  /**
   * The rate after {@code done} of {@code total} units, {@code perEpoch} of which make an epoch.
   */
  private float rate(long done, long perEpoch, long total) {
    long rise = Math.round(warmup * perEpoch);
    Require.that(
        rise < total,
        "warm-up",
        "shorter than the run of " + (double) total / perEpoch + " epochs",
        warmup);
    double factor =
        done < rise
            ? (done + 1.0) / rise
            : curve.factor((double) (done - rise) / (total - rise), (double) done / perEpoch);
    return (float) (floor + ((double) base - floor) * factor);
  }

  private static Schedule of(Curve curve, float learningRate) {
    return new Schedule(curve, learningRate, 0, 0, Unit.STEP);
  }

  private static Curve curve(Settings.Reader in) {
    return switch (in.name()) {
      case Curve.Constant.NAME -> new Curve.Constant();
      case Curve.Cosine.NAME -> new Curve.Cosine();
      case Curve.Step.NAME -> new Curve.Step(in.number("gamma"), in.integers("milestones"));
      default -> throw in.unknownName(Curve.Constant.NAME, Curve.Cosine.NAME, Curve.Step.NAME);
    };
  }
}
