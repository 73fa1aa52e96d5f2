package dev.kindred.rl.djl;

import ai.djl.modality.rl.agent.RlAgent;
import ai.djl.ndarray.NDManager;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.Space;
import java.util.random.RandomGenerator;

/**
 * An agent of DJL as a policy: what it chooses when it does not train. What is random in that, DJL
 * draws itself. Confined to one thread.
 */
public final class RlAgentPolicy implements Policy<float[], Integer> {
  private final RlAgent agent;
  private final Choices choices;
  private final NDManager manager;

  /**
   * Asks {@code agent}.
   *
   * @param agent stays the caller's; it may have been trained in a {@link KindredRlEnv}, and sees
   *     the same here
   * @param actions what it chooses from
   * @param manager makes arrays; stays the caller's
   */
  public RlAgentPolicy(RlAgent agent, Space<Integer> actions, NDManager manager) {
    this.agent = agent;
    choices = Choices.of(actions);
    this.manager = manager;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the agent gives what is not in its action space
   * @throws UnsupportedOperationException if the agent does more in its environment than look
   */
  @Override
  public Integer act(float[] observation, RandomGenerator random) {
    try (Sight sight = new Sight(observation, choices, manager)) {
      return choices.read(agent.chooseAction(new Shown(sight), false));
    }
  }
}
