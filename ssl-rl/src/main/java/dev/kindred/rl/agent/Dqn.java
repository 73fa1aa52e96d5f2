package dev.kindred.rl.agent;

import dev.kindred.method.Method;
import dev.kindred.nn.Block;
import dev.kindred.optim.GradientClip;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Space;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A deep Q-network for choices: double Q-learning with returns of n steps and Huber's loss.
 *
 * <pre>
 * y = r_1 + discount r_2 + ... + discount^m Q'(s', argmax_a Q(s', a))
 * loss = mean of huber(Q(s, a) - y)
 * </pre>
 *
 * <p>Q' is the target network; after the world has ended nothing is added to the rewards.
 * Parameters are below {@code online/encoder} and {@code online/q}, their targets below {@code
 * target}.
 *
 * @param <O> an observation
 * @see <a href="https://doi.org/10.1038/nature14236">Mnih et al. 2015, Human-level control through
 *     deep reinforcement learning</a>
 * @see <a href="https://arxiv.org/abs/1509.06461">van Hasselt et al. 2016, Deep Reinforcement
 *     Learning with Double Q-learning</a>
 */
public final class Dqn<O> extends LearningAgent<O, Integer> {
  private static final String VALUES = "q";

  private final Space.Discrete choices;
  private final Settings settings;
  private final Operand<TFloat32> acted;

  /**
   * What defines a deep Q-network beside its perception.
   *
   * @param hidden the widths of the layers between representation and values; may be empty
   * @param exploration how often it acts at random
   * @param learning how it learns
   */
  public record Settings(List<Integer> hidden, Exploration exploration, Learning learning) {
    private static final Settings DEFAULTS =
        new Settings(
            List.of(128),
            new Exploration(1, 0.02, 5_000),
            new Learning(
                128,
                50_000,
                1_000,
                1,
                3,
                0.99,
                5e-4f,
                GradientClip.globalNorm(10),
                TargetUpdate.copy(250)));

    /**
     * Checks the widths.
     *
     * @throws IllegalArgumentException if a width is below 1
     */
    public Settings {
      hidden = List.copyOf(hidden);
      hidden.forEach(width -> Require.atLeastOne("width", width));
    }

    /**
     * For tasks of some hundred thousand steps, such as CartPole. Mnih et al. play Atari for 50
     * million with batches of 32, a memory of a million, an update at every 4th step, a target that
     * is copied at every 10,000th, and exploration that falls to 0.1 within a million steps;
     * discount and the Huber loss are theirs.
     */
    public static Settings defaults() {
      return DEFAULTS;
    }

    /** The same with other layers. */
    public Settings hidden(Integer... widths) {
      return new Settings(List.of(widths), exploration, learning);
    }

    /** The same with another exploration. */
    public Settings exploration(Exploration value) {
      return new Settings(hidden, value, learning);
    }

    /** The same with another way to learn. */
    public Settings learning(Learning value) {
      return new Settings(hidden, exploration, value);
    }
  }

  private Dqn(
      Space<O> observations,
      Space.Discrete choices,
      Perception perception,
      Settings settings,
      long seed) {
    super(observations, choices, perception, settings.learning(), seed);
    this.choices = choices;
    this.settings = settings;
    acted = head().apply(graph().acting(Method.ONLINE).child(VALUES), graph().seen());
    buildLoss();
  }

  /**
   * Makes an agent for an environment's spaces; the environment is only asked for them.
   *
   * @param seed what weights, exploration and batches derive from
   * @throws IllegalArgumentException if the perception does not fit the observations, or its
   *     auxiliary method not the batches
   */
  public static <O> Dqn<O> of(
      Environment<O, Integer> environment, Perception perception, Settings settings, long seed) {
    return new Dqn<>(
        environment.observationSpace(),
        (Space.Discrete) environment.actionSpace(),
        perception,
        settings,
        seed);
  }

  private Block head() {
    return MlpEncoder.head(settings.hidden(), choices.n());
  }

  private void buildLoss() {
    AgentGraph graph = graph();
    List<Operand<TFloat32>> views = graph.views();
    Operand<TFloat32> values =
        head().apply(graph.online().child(VALUES), graph.represent(graph.online(), views.get(0)));
    Operand<TFloat32> chosen = at(values, graph.actions().asOutput().expect(TInt32.class));
    Operand<TFloat32> loss = huber(graph.tf().math.sub(chosen, target(graph.nextView())));
    graph.build(graph.gradients(graph.withAuxiliary(loss, views), Method.ONLINE), List.of(loss));
  }

  /** What the values should be: without gradient. */
  private Operand<TFloat32> target(Operand<TFloat32> next) {
    AgentGraph graph = graph();
    Ops tf = graph.tf();
    Operand<TFloat32> judged =
        head()
            .apply(
                graph.online().still().child(VALUES),
                graph.represent(graph.online().still(), next));
    Operand<TFloat32> valued =
        head().apply(graph.target().child(VALUES), graph.represent(graph.target(), next));
    Operand<TInt32> best = tf.math.argMax(judged, tf.constant(1), TInt32.class);
    return tf.stopGradient(
        tf.math.add(graph.rewards(), tf.math.mul(graph.discounts(), at(valued, best))));
  }

  /** The value of each row's choice, {@code [batch]}. */
  private Operand<TFloat32> at(Operand<TFloat32> values, Operand<TInt32> choice) {
    Ops tf = graph().tf();
    Operand<TFloat32> mask =
        tf.oneHot(choice, tf.constant(choices.n()), tf.constant(1f), tf.constant(0f));
    return tf.reduceSum(tf.math.mul(values, mask), tf.constant(1));
  }

  /** The mean of {@code d^2 / 2} up to 1 and {@code |d| - 1/2} beyond. */
  private Operand<TFloat32> huber(Operand<TFloat32> difference) {
    Ops tf = graph().tf();
    Operand<TFloat32> size = tf.math.abs(difference);
    Operand<TFloat32> inner = tf.math.minimum(size, tf.constant(1f));
    Operand<TFloat32> square = tf.math.mul(tf.math.square(inner), tf.constant(0.5f));
    return tf.math.mean(tf.math.add(square, tf.math.sub(size, inner)), tf.constant(0));
  }

  /** What the agent thinks each choice is worth. */
  public float[] values(O observation) {
    try (TType tensor = tensor(observation)) {
      return graph().act(tensor, acted, Map.of());
    }
  }

  @Override
  public Integer act(O observation, boolean explore) {
    if (explore && random().nextDouble() < settings.exploration().at(steps())) {
      return choices.sample(random());
    }
    float[] values = values(observation);
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
