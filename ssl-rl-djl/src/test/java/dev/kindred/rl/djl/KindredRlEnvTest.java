package dev.kindred.rl.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.modality.rl.LruReplayBuffer;
import ai.djl.modality.rl.agent.EpsilonGreedy;
import ai.djl.modality.rl.agent.QAgent;
import ai.djl.modality.rl.agent.RlAgent;
import ai.djl.modality.rl.env.RlEnv;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.kindred.rl.Doors;
import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.TinyEncoder;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindredRlEnvTest {
  private static final long SEED = 7;

  @TempDir Path folder;
  private NDManager manager;

  @BeforeEach
  void open() {
    Engine.getInstance().setRandomSeed(1);
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private KindredRlEnv doors(int batch) {
    return new KindredRlEnv(new Doors(5), manager, new LruReplayBuffer(batch, 200), SEED);
  }

  @Test
  void qLearningFindsTheOpenDoor() {
    try (KindredRlEnv env = doors(16)) {
      withTrainer(
          2,
          2,
          (agent, trainer) -> {
            RlAgent exploring = new EpsilonGreedy(agent, Tracker.fixed(0.5f));
            for (int episode = 0; episode < 40; episode++) {
              env.runEnvironment(exploring, true);
              exploring.trainBatch(env.getBatch());
              trainer.step();
            }
            assertThat(env.runEnvironment(agent, false)).isEqualTo(5);
            RlAgentPolicy policy = new RlAgentPolicy(agent, new Doors(5).actionSpace(), manager);
            SplittableRandom random = new SplittableRandom();
            assertThat(policy.act(new float[] {1, 0}, random)).isZero();
            assertThat(policy.act(new float[] {0, 1}, random)).isOne();
          });
    }
  }

  @Test
  void qLearningRunsOnRepresentations() {
    try (ObservationEncoder encoder = ObservationEncoder.load(TinyEncoder.train(folder));
        KindredRlEnv env =
            new KindredRlEnv(
                TinyEncoder.environment(encoder), manager, new LruReplayBuffer(8, 100), SEED);
        Environment<float[], Integer> beside = TinyEncoder.environment(encoder)) {
      float[] first = beside.reset(new SplittableRandom(SEED).nextLong()).observation();
      assertThat(numbers(env.getObservation())).hasSize(TinyEncoder.DIMENSION).isEqualTo(first);
      withTrainer(
          TinyEncoder.DIMENSION,
          2,
          (agent, trainer) -> {
            float[] weights = weights(trainer);
            for (int episode = 0; episode < 3; episode++) {
              assertThat(env.runEnvironment(agent, true)).isPositive();
              agent.trainBatch(env.getBatch());
              trainer.step();
            }
            assertThat(weights(trainer)).isNotEqualTo(weights).doesNotContain(Float.NaN);
          });
    }
  }

  private static void withTrainer(int inputs, int choices, BiConsumer<RlAgent, Trainer> use) {
    Block q =
        new SequentialBlock()
            .add(new LambdaBlock(pair -> new NDList(pair.get(0).concat(pair.get(1), 1)), "join"))
            .add(Linear.builder().setUnits(16).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(1).build());
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.l2Loss())
            .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.02f)).build());
    try (Model model = Model.newInstance("q")) {
      model.setBlock(q);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(1, inputs), new Shape(1, choices));
        use.accept(new QAgent(trainer, 0.5f), trainer);
      }
    }
  }

  private static float[] weights(Trainer trainer) {
    return trainer.getModel().getBlock().getParameters().valueAt(0).getArray().toFloatArray();
  }

  @Test
  void stepsTellWhatTheEnvironmentTells() {
    try (Environment<float[], Integer> world = World.CARTPOLE.state();
        KindredRlEnv env =
            new KindredRlEnv(World.CARTPOLE.state(), manager, new LruReplayBuffer(1, 1), SEED)) {
      float[] before = world.reset(new SplittableRandom(SEED).nextLong()).observation();
      boolean done = false;
      while (!done) {
        assertThat(numbers(env.getObservation())).isEqualTo(before);
        RlEnv.Step step = env.step(env.getActionSpace().get(1), true);
        var told = world.step(1);
        assertThat(numbers(step.getPreObservation())).isEqualTo(before);
        assertThat(numbers(step.getAction())).containsExactly(0, 1);
        assertThat(numbers(step.getPostObservation())).isEqualTo(told.observation());
        assertThat(step.getPostActionSpace()).hasSize(2);
        assertThat(step.getReward().getFloat()).isEqualTo((float) told.reward());
        assertThat(step.isDone()).isEqualTo(told.over());
        assertThat(env.getBatch()).containsExactly(step);
        before = told.observation();
        done = told.over();
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> env.step(env.getActionSpace().get(1), true));
    }
  }

  @Test
  void oneSeedBeginsTheSameEpisodes() {
    List<float[]> firsts = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (KindredRlEnv env =
          new KindredRlEnv(World.CARTPOLE.state(), manager, new LruReplayBuffer(1, 1), SEED)) {
        firsts.add(numbers(env.getObservation()));
        env.reset();
        firsts.add(numbers(env.getObservation()));
      }
    }
    assertThat(firsts.get(0)).isEqualTo(firsts.get(2)).isNotEqualTo(firsts.get(1));
    assertThat(firsts.get(1)).isEqualTo(firsts.get(3));
  }

  @Test
  void arraysAreFreed() {
    KindredRlEnv env = doors(1);
    NDArray observation = env.getObservation().singletonOrThrow();
    NDArray sum = observation.add(1);
    NDArray action = env.getActionSpace().get(0).singletonOrThrow();
    RlEnv.Step step = env.step(env.getActionSpace().get(0), true);
    assertThat(List.of(observation, sum, action)).allMatch(NDArray::isReleased);
    NDArray reward = step.getReward();
    env.reset();
    assertThat(reward.isReleased()).isTrue();

    NDArray drawn = env.getBatch()[0].getPreObservation().singletonOrThrow();
    NDArray computed = drawn.mul(2);
    env.getBatch();
    assertThat(List.of(drawn, computed)).allMatch(NDArray::isReleased);

    NDArray last = env.getBatch()[0].getReward();
    env.close();
    env.close();
    assertThat(last.isReleased()).isTrue();
    assertThat(manager.isOpen()).isTrue();
  }

  @Test
  void stepsThatAreNotOfTrainingAreForgotten() {
    try (KindredRlEnv env = doors(4)) {
      RlEnv.Step kept = env.step(env.getActionSpace().get(0), true);
      env.step(env.getActionSpace().get(1), false);
      assertThat(env.getBatch()).hasSize(4).containsOnly(kept);
    }
  }

  @Test
  void whatIsNoActionIsRefused() {
    try (KindredRlEnv env = doors(1)) {
      for (float[] wrong :
          new float[][] {{0, 0}, {1, 1}, {0.5f, 0.5f}, {1, 0, 0}, {1}, {2, -1}, {Float.NaN, 1}}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> env.step(new NDList(manager.create(wrong)), true))
            .withMessageStartingWith("action must be one of the action space, 2 numbers");
      }
    }
  }

  @Test
  void aPolicyMayOnlyLook() {
    RlAgent curious =
        new RlAgent() {
          @Override
          public NDList chooseAction(RlEnv env, boolean training) {
            return env.step(env.getActionSpace().get(0), training).getAction();
          }

          @Override
          public void trainBatch(RlEnv.Step[] steps) {}
        };
    RlAgentPolicy policy = new RlAgentPolicy(curious, new Doors(1).actionSpace(), manager);
    assertThatThrownBy(() -> policy.act(new float[] {1, 0}, new SplittableRandom()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("let the agent act in a KindredRlEnv");
  }

  private static float[] numbers(NDList list) {
    return list.singletonOrThrow().toFloatArray();
  }
}
