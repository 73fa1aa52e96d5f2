package dev.kindred.rl.agent;

import dev.kindred.method.Method;
import dev.kindred.nn.Block;
import dev.kindred.nn.Initial;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import dev.kindred.optim.GradientOf;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Space;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A soft actor-critic for continuous actions: an actor that earns much while it stays as random as
 * it can, two critics of which the lower is believed, and a temperature that is learnt so that the
 * actor's entropy is {@code -size} of an action.
 *
 * <pre>
 * y = rewards + discount (min(Q'_1, Q'_2)(s', a') - alpha log p(a'))
 * critics = mean of (Q_1(s, a) - y)^2 + (Q_2(s, a) - y)^2
 * actor = mean of alpha log p(b) - min(Q_1, Q_2)(s, b)
 * temperature = - mean of alpha (log p(b) - size)
 * </pre>
 *
 * <p>a' and b are drawn from the actor; the target critics Q' follow by a moving average. The
 * critics alone train the encoder, as in DrQ and CURL: the actor sees what they see. All gradients
 * of an update are of the same weights. Parameters are below {@code online/encoder}, {@code
 * online/q1}, {@code online/q2}, {@code actor} and {@code temperature}, targets below {@code
 * target}.
 *
 * <p>Actions are learnt in {@code [-1, 1]}, which stands for the bounds of the space.
 *
 * @param <O> an observation
 * @see <a href="https://arxiv.org/abs/1812.05905">Haarnoja et al. 2018, Soft Actor-Critic
 *     Algorithms and Applications</a>
 */
public final class Sac<O> extends LearningAgent<O, float[]> {
  private static final String ACTOR = "actor";
  private static final String TEMPERATURE = "temperature";

  /** The bounds of the actor's log standard deviation, of DrQ's code. */
  private static final float LOWEST = -10;

  private static final float HIGHEST = 2;

  private final Space.Box bounds;
  private final Settings settings;
  private final Placeholder<TFloat32> noise;
  private final Operand<TFloat32> acted;

  /**
   * What defines a soft actor-critic beside its perception.
   *
   * @param hidden the widths of the layers of actor and critics; may be empty
   * @param temperature alpha at first, {@code > 0}
   * @param learning how it learns
   */
  public record Settings(List<Integer> hidden, double temperature, Learning learning) {
    private static final Settings DEFAULTS =
        new Settings(
            List.of(256, 256),
            1,
            new Learning(256, 1_000_000, 1_000, 1, 1, 0.99, 3e-4f, null, TargetUpdate.soft(0.005)));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Settings {
      hidden = List.copyOf(hidden);
      hidden.forEach(width -> Require.atLeastOne("width", width));
      Require.positive("temperature", temperature);
    }

    /**
     * Those of Haarnoja et al. 2018 for states, table 1; from pictures CURL and DrQ use a
     * temperature of 0.1, a memory of 100,000 and targets that follow by 0.01.
     */
    public static Settings defaults() {
      return DEFAULTS;
    }

    /** The same with other layers. */
    public Settings hidden(Integer... widths) {
      return new Settings(List.of(widths), temperature, learning);
    }

    /** The same with another temperature at first. */
    public Settings temperature(double value) {
      return new Settings(hidden, value, learning);
    }

    /** The same with another way to learn. */
    public Settings learning(Learning value) {
      return new Settings(hidden, temperature, value);
    }
  }

  private Sac(
      Space<O> observations,
      Space.Box bounds,
      Perception perception,
      Settings settings,
      long seed) {
    super(observations, bounds, perception, settings.learning(), seed);
    this.bounds = bounds;
    this.settings = settings;
    noise = graph().input(Shape.of(1, bounds.size()));
    acted = policy(graph().acting(ACTOR), graph().seen(), noise).action();
    buildLosses();
  }

  /**
   * Makes an agent for an environment's spaces; the environment is only asked for them.
   *
   * @param seed what weights, exploration and batches derive from
   * @throws IllegalArgumentException if an action has no finite bounds, or the perception does not
   *     fit the observations
   */
  public static <O> Sac<O> of(
      Environment<O, float[]> environment, Perception perception, Settings settings, long seed) {
    Space.Box bounds = (Space.Box) environment.actionSpace();
    for (int i = 0; i < bounds.size(); i++) {
      Require.that(
          Float.isFinite(bounds.low()[i]) && Float.isFinite(bounds.high()[i]),
          "actions",
          "between finite bounds",
          bounds);
    }
    return new Sac<>(environment.observationSpace(), bounds, perception, settings, seed);
  }

  private void buildLosses() {
    AgentGraph graph = graph();
    Ops tf = graph.tf();
    Scope online = graph.online();
    List<Operand<TFloat32>> views = graph.views();
    Operand<TFloat32> seen = graph.represent(online, views.get(0));
    Operand<TFloat32> logAlpha = logTemperature();
    Operand<TFloat32> alpha = tf.stopGradient(tf.math.exp(logAlpha));

    Operand<TFloat32> target = target(graph.nextView(), alpha);
    Operand<TFloat32> taken = normalized(graph.actions().asOutput().expect(TFloat32.class));
    Operand<TFloat32> criticLoss =
        tf.math.add(
            squaredError(critic(online, "q1", seen, taken), target),
            squaredError(critic(online, "q2", seen, taken), target));

    Operand<TFloat32> still = tf.stopGradient(seen);
    SquashedGaussian own = policy(graph.branch(ACTOR), still, draws("now", still));
    Operand<TFloat32> actorLoss =
        tf.math.mean(
            tf.math.sub(
                tf.math.mul(alpha, own.logProbability()), lower(online, still, own.action())),
            tf.constant(0));
    Operand<TFloat32> excess =
        tf.stopGradient(
            tf.math.mean(
                tf.math.sub(own.logProbability(), tf.constant((float) bounds.size())),
                tf.constant(0)));
    Operand<TFloat32> temperatureLoss = tf.math.neg(tf.math.mul(tf.math.exp(logAlpha), excess));

    List<GradientOf> gradients = new ArrayList<>();
    gradients.addAll(graph.gradients(graph.withAuxiliary(criticLoss, views), Method.ONLINE));
    gradients.addAll(graph.gradients(actorLoss, ACTOR));
    gradients.addAll(graph.gradients(temperatureLoss, TEMPERATURE));
    graph.build(gradients, List.of(tf.math.add(criticLoss, actorLoss), alpha));
  }

  private Operand<TFloat32> logTemperature() {
    float start = (float) Math.log(settings.temperature());
    return graph()
        .branch(TEMPERATURE)
        .parameter(
            "log",
            Shape.scalar(),
            seed -> Initial.values(new float[] {start}),
            Parameter.Role.BIAS_OR_NORM);
  }

  private Operand<TFloat32> target(Operand<TFloat32> next, Operand<TFloat32> alpha) {
    AgentGraph graph = graph();
    Ops tf = graph.tf();
    Operand<TFloat32> seen = tf.stopGradient(graph.represent(graph.online().still(), next));
    SquashedGaussian policy = policy(graph.branch(ACTOR), seen, draws("next", seen));
    Operand<TFloat32> valued =
        lower(graph.target(), graph.represent(graph.target(), next), policy.action());
    Operand<TFloat32> soft = tf.math.sub(valued, tf.math.mul(alpha, policy.logProbability()));
    return tf.stopGradient(tf.math.add(graph.rewards(), tf.math.mul(graph.discounts(), soft)));
  }

  private SquashedGaussian policy(
      Scope scope, Operand<TFloat32> seen, Operand<TFloat32> noiseOfEach) {
    Ops tf = graph().tf();
    Operand<TFloat32> output =
        MlpEncoder.head(settings.hidden(), 2 * bounds.size()).apply(scope, seen);
    List<? extends Operand<TFloat32>> halves = tf.split(tf.constant(1), output, 2L).output();
    Operand<TFloat32> unit =
        tf.math.mul(
            tf.math.add(tf.math.tanh(halves.get(1)), tf.constant(1f)),
            tf.constant((HIGHEST - LOWEST) / 2));
    Operand<TFloat32> logStd = tf.math.add(unit, tf.constant(LOWEST));
    return SquashedGaussian.of(tf, halves.get(0), logStd, noiseOfEach);
  }

  private Operand<TFloat32> draws(String name, Operand<TFloat32> rows) {
    Ops tf = graph().tf();
    Operand<TInt32> count = Rows.count(tf, rows);
    Operand<TInt32> shape = tf.stack(List.of(count, tf.constant(bounds.size())));
    return graph().randomness().normal("policy/" + name, shape, 0);
  }

  private Operand<TFloat32> critic(
      Scope branch, String name, Operand<TFloat32> seen, Operand<TFloat32> action) {
    Ops tf = graph().tf();
    Block head = MlpEncoder.head(settings.hidden(), 1);
    Operand<TFloat32> both = tf.concat(List.of(seen, action), tf.constant(1));
    return tf.squeeze(head.apply(branch.child(name), both), Squeeze.axis(List.of(1L)));
  }

  private Operand<TFloat32> lower(Scope branch, Operand<TFloat32> seen, Operand<TFloat32> action) {
    return graph()
        .tf()
        .math
        .minimum(critic(branch, "q1", seen, action), critic(branch, "q2", seen, action));
  }

  private Operand<TFloat32> squaredError(Operand<TFloat32> values, Operand<TFloat32> target) {
    Ops tf = graph().tf();
    return tf.math.mean(tf.math.squaredDifference(values, target), tf.constant(0));
  }

  /** Actions in the unit of the networks. */
  private Operand<TFloat32> normalized(Operand<TFloat32> actions) {
    Ops tf = graph().tf();
    float[] middle = new float[bounds.size()];
    float[] scale = new float[bounds.size()];
    for (int i = 0; i < middle.length; i++) {
      middle[i] = (bounds.low()[i] + bounds.high()[i]) / 2;
      scale[i] = 2 / Math.max(bounds.high()[i] - bounds.low()[i], Float.MIN_NORMAL);
    }
    return tf.math.mul(tf.math.sub(actions, tf.constant(middle)), tf.constant(scale));
  }

  @Override
  public float[] act(O observation, boolean explore) {
    if (explore && warming()) {
      return bounds.sample(random());
    }
    float[][] drawn = new float[1][bounds.size()];
    for (int i = 0; explore && i < bounds.size(); i++) {
      drawn[0][i] = (float) random().nextGaussian();
    }
    try (TType tensor = tensor(observation);
        TFloat32 fed = TFloat32.tensorOf(StdArrays.ndCopyOf(drawn))) {
      return scaled(graph().act(tensor, acted, Map.of(noise, fed)));
    }
  }

  private float[] scaled(float[] action) {
    float[] own = new float[action.length];
    for (int i = 0; i < own.length; i++) {
      float low = bounds.low()[i];
      float high = bounds.high()[i];
      own[i] = Math.min(high, Math.max(low, low + (action[i] + 1) / 2 * (high - low)));
    }
    return own;
  }
}
