package dev.kindred.rl.burlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import burlap.behavior.functionapproximation.dense.DenseCrossProductFeatures;
import burlap.behavior.functionapproximation.dense.DenseLinearVFA;
import burlap.behavior.policy.EpsilonGreedy;
import burlap.behavior.policy.GreedyQPolicy;
import burlap.behavior.policy.Policy;
import burlap.behavior.singleagent.Episode;
import burlap.behavior.singleagent.learning.lspi.LSPI;
import burlap.behavior.singleagent.learning.lspi.SARSData;
import burlap.behavior.singleagent.learning.tdmethods.vfa.GradientDescentSarsaLam;
import burlap.debugtools.DPrint;
import burlap.debugtools.RandomFactory;
import burlap.mdp.core.action.SimpleAction;
import burlap.mdp.core.state.NullState;
import burlap.mdp.core.state.State;
import burlap.mdp.core.state.UnknownKeyException;
import burlap.mdp.singleagent.environment.EnvironmentOutcome;
import dev.kindred.rl.Doors;
import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.TinyEncoder;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.TimeLimit;
import dev.kindred.rl.env.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindredEnvironmentTest {
  private static final long SEED = 7;

  @TempDir Path folder;

  @BeforeEach
  void seed() {
    RandomFactory.seedMapped(0, 1);
    DPrint.toggleUniversal(false);
  }

  @Test
  void sarsaFindsTheOpenDoor() {
    try (KindredEnvironment env = new KindredEnvironment(new Doors(5), SEED)) {
      GradientDescentSarsaLam agent =
          new GradientDescentSarsaLam(
              env.domain(), 0.5, new DenseLinearVFA(RepresentationFeatures.plain(), 0), 0.1, 0);
      play(env, agent, 60);
      requireOpenDoors(new GreedyQPolicy(agent));
    }
  }

  @Test
  void leastSquaresFindTheOpenDoor() {
    SARSData data = new SARSData();
    try (KindredEnvironment env = new KindredEnvironment(new Doors(20), SEED)) {
      for (int i = 0; !env.isInTerminalState(); i++) {
        EnvironmentOutcome outcome = env.executeAction(new SimpleAction("choice" + i % 2));
        data.add(outcome.o, outcome.a, outcome.r, outcome.op);
      }
      RepresentationFeatures features = RepresentationFeatures.plain();
      LSPI agent = new LSPI(env.domain(), 0.5, new DenseCrossProductFeatures(features, 2), data);
      requireOpenDoors(agent.runPolicyIteration(10, 1e-6));
    }
  }

  private static void requireOpenDoors(Policy policy) {
    assertThat(policy.action(new Representation(new float[] {1, 0})).actionName())
        .isEqualTo("choice0");
    assertThat(policy.action(new Representation(new float[] {0, 1})).actionName())
        .isEqualTo("choice1");
  }

  private static List<Integer> play(
      KindredEnvironment env, GradientDescentSarsaLam agent, int episodes) {
    agent.setLearningPolicy(new EpsilonGreedy(agent, 0.3));
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < episodes; i++) {
      Episode episode = agent.runLearningEpisode(env);
      lengths.add(episode.maxTimeStep());
      env.resetEnvironment();
    }
    return lengths;
  }

  @Test
  void sarsaRunsOnRepresentationsTheSameForOneSeed() {
    try (ObservationEncoder encoder = ObservationEncoder.load(TinyEncoder.train(folder))) {
      List<Double> first = learnt(encoder);
      seed();
      assertThat(learnt(encoder)).isEqualTo(first);
      assertThat(first)
          .hasSize(2 * (TinyEncoder.DIMENSION + 1))
          .allMatch(Double::isFinite)
          .anyMatch(weight -> weight != 0);
    }
  }

  private static List<Double> learnt(ObservationEncoder encoder) {
    DenseLinearVFA values = new DenseLinearVFA(RepresentationFeatures.withBias(), 0);
    try (KindredEnvironment env = new KindredEnvironment(TinyEncoder.environment(encoder), SEED)) {
      GradientDescentSarsaLam agent =
          new GradientDescentSarsaLam(env.domain(), 0.9, values, 0.01, 0.5);
      assertThat(play(env, agent, 5)).allMatch(length -> length > 5);
    }
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < values.numParameters(); i++) {
      weights.add(values.getParameter(i));
    }
    return weights;
  }

  @Test
  void outcomesTellWhatTheEnvironmentTells() {
    try (Environment<float[], Integer> world = World.CARTPOLE.state();
        KindredEnvironment env = new KindredEnvironment(World.CARTPOLE.state(), SEED)) {
      State before =
          new Representation(world.reset(new SplittableRandom(SEED).nextLong()).observation());
      while (!env.isInTerminalState()) {
        assertThat(env.currentObservation()).isEqualTo(before);
        EnvironmentOutcome outcome = env.executeAction(new SimpleAction("choice1"));
        var told = world.step(1);
        assertThat(outcome.o).isEqualTo(before);
        assertThat(outcome.a.actionName()).isEqualTo("choice1");
        assertThat(outcome.op).isEqualTo(new Representation(told.observation()));
        assertThat(outcome.r).isEqualTo(told.reward()).isEqualTo(env.lastReward());
        assertThat(outcome.terminated).isEqualTo(told.terminated());
        before = outcome.op;
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> env.executeAction(new SimpleAction("choice1")));
      env.resetEnvironment();
      assertThat(env.isInTerminalState()).isFalse();
      assertThat(env.lastReward()).isZero();
      assertThat(env.currentObservation()).isNotEqualTo(before);
    }
  }

  @Test
  void aCutEpisodeIsOverButNotTerminated() {
    try (KindredEnvironment env = new KindredEnvironment(new TimeLimit<>(new Doors(5), 1), SEED)) {
      assertThat(env.executeAction(new SimpleAction("choice0")).terminated).isFalse();
      assertThat(env.isInTerminalState()).isTrue();
    }
  }

  @Test
  void anUnknownActionIsRefused() {
    try (KindredEnvironment env = new KindredEnvironment(new Doors(5), SEED)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> env.executeAction(new SimpleAction("left")))
          .withMessage("action must be one of choice0, choice1, was left");
    }
  }

  @Test
  void aRepresentationIsItsNumbers() {
    Representation state = new Representation(new float[] {0.5f, -2});
    assertThat(state.variableKeys()).containsExactly(0, 1);
    assertThat(state.get(1)).isEqualTo(-2.0);
    for (Object key : new Object[] {2, -1, "x"}) {
      assertThatThrownBy(() -> state.get(key)).isInstanceOf(UnknownKeyException.class);
    }
    state.values()[0] = 9;
    assertThat(state.copy())
        .isEqualTo(new Representation(new float[] {0.5f, -2}))
        .hasSameHashCodeAs(new Representation(new float[] {0.5f, -2}))
        .hasToString("[0.5, -2.0]");
    assertThat(RepresentationFeatures.plain().features(state)).containsExactly(0.5, -2);
    assertThat(RepresentationFeatures.withBias().features(state)).containsExactly(0.5, -2, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepresentationFeatures.plain().features(NullState.instance))
        .withMessageContaining("NullState; take states of a KindredEnvironment");
  }
}
