/**
 * Agents that learn to act: {@link dev.kindred.rl.agent.Dqn} chooses among actions, {@link
 * dev.kindred.rl.agent.Sac} gives continuous ones. Both see through an encoder of one's own choice,
 * which may be pretrained, frozen, or trained by a self-supervised method beside ({@link
 * dev.kindred.rl.agent.Perception}). {@link dev.kindred.rl.agent.Trainer} lets them act.
 *
 * <pre>{@code
 * try (var env = new TimeLimit<>(new CartPole(), 500);
 *     var agent =
 *         Dqn.of(env, Perception.of(MlpEncoder.of(4, 128)), Dqn.Settings.defaults(), 7)) {
 *   new Trainer<>(agent, env, 7).run(50_000, report -> log.info("{}", report));
 *   double[] returns = Trainer.evaluate(agent, env, 20, 1);
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.rl.agent;

import org.jspecify.annotations.NullMarked;
