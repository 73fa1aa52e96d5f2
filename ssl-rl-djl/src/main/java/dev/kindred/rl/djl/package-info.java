/**
 * Environments for DJL's agents, and DJL's agents as policies: {@link
 * dev.kindred.rl.djl.KindredRlEnv} and {@link dev.kindred.rl.djl.RlAgentPolicy}. Which of DJL's
 * engines runs beside TensorFlow is the application's choice.
 *
 * <pre>{@code
 * Environment<float[], Integer> seen = new EncodedEnvironment<>(stackedPictures, encoder);
 * try (RlEnv env = new KindredRlEnv(seen, manager, new LruReplayBuffer(32, 10_000), 7)) {
 *   RlAgent agent = new EpsilonGreedy(new QAgent(trainer, 0.99f), Tracker.fixed(0.1f));
 *   for (int episode = 0; episode < 100; episode++) {
 *     env.runEnvironment(agent, true);
 *     agent.trainBatch(env.getBatch());
 *     trainer.step();
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.rl.djl;

import org.jspecify.annotations.NullMarked;
