/**
 * Environments for BURLAP's learners: {@link dev.kindred.rl.burlap.KindredEnvironment}, whose
 * states are {@link dev.kindred.rl.burlap.Representation}s, with {@link
 * dev.kindred.rl.burlap.RepresentationFeatures} for value functions.
 *
 * <pre>{@code
 * Environment<float[], Integer> seen = new EncodedEnvironment<>(stackedPictures, encoder);
 * try (KindredEnvironment env = new KindredEnvironment(seen, 7)) {
 *   DenseLinearVFA values = new DenseLinearVFA(RepresentationFeatures.withBias(), 0);
 *   LearningAgent agent = new GradientDescentSarsaLam(env.domain(), 0.99, values, 0.01, 0.5);
 *   for (int episode = 0; episode < 100; episode++) {
 *     agent.runLearningEpisode(env);
 *     env.resetEnvironment();
 *   }
 * }
 * }</pre>
 *
 * <p>Of what BURLAP depends on, this artifact brings what its learners need; an application that
 * uses its plots, shells, solvers or files depends on BURLAP itself beside.
 */
@NullMarked
package dev.kindred.rl.burlap;

import org.jspecify.annotations.NullMarked;
