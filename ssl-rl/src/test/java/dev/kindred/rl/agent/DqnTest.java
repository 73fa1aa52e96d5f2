package dev.kindred.rl.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Weights;
import dev.kindred.method.Byol;
import dev.kindred.method.Momentum;
import dev.kindred.method.SupCon;
import dev.kindred.method.VicReg;
import dev.kindred.rl.augment.ObservationAugmentation;
import dev.kindred.rl.env.CartPole;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Step;
import dev.kindred.rl.env.TimeLimit;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.DivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat32;

class DqnTest {
  private static final ObservationAugmentation DIMMED =
      (tf, planes, randomness) ->
          tf.math.mul(planes, randomness.uniform("dim", tf.shape(planes), 0));

  @TempDir Path dir;

  private static Learning learning() {
    return Dqn.Settings.defaults()
        .learning()
        .batchSize(16)
        .capacity(500)
        .warmup(32)
        .target(TargetUpdate.copy(10));
  }

  private static Dqn.Settings settings(Learning learning) {
    return Dqn.Settings.defaults().hidden(8).learning(learning);
  }

  private static Dqn<float[]> onStates(long seed) {
    return Dqn.of(new CartPole(), Perception.of(MlpEncoder.of(4, 8)), settings(learning()), seed);
  }

  private static Dqn<Frame> onPictures(Perception perception, long seed) {
    return Dqn.of(
        new Corridor(),
        perception,
        settings(learning()).exploration(new Exploration(1, 0.1, 300)),
        seed);
  }

  private static <O, A> void run(Agent<O, A> agent, Environment<O, A> world, int steps) {
    new Trainer<>(agent, new TimeLimit<>(world, 50), 3).run(steps, report -> {});
  }

  private static String digest(LearningAgent<?, ?> agent) {
    try (Weights all = agent.graph().values()) {
      return all.digest();
    }
  }

  private static Map<String, float[]> values(LearningAgent<?, ?> agent, String path) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Weights weights = agent.weights(path)) {
      weights.byPath().forEach((name, value) -> values.put(name, floats(value)));
    }
    return values;
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Test
  void trainsToTheSameBytesForTheSameSeed() {
    try (Dqn<float[]> a = onStates(1);
        Dqn<float[]> b = onStates(1);
        Dqn<float[]> c = onStates(2)) {
      run(a, new CartPole(), 400);
      run(b, new CartPole(), 400);
      run(c, new CartPole(), 400);
      assertThat(digest(a)).isEqualTo(digest(b)).isNotEqualTo(digest(c));
    }
  }

  @Test
  void trainsToTheSameBytesFromPicturesWithAMethodBeside() {
    Perception perception =
        Perception.of(new ConvEncoder(8, true))
            .stack(2)
            .augmented(DIMMED)
            .beside(
                new Auxiliary(new Byol(List.of(8, 4), List.of(8, 4), Momentum.constant(0.9)), 0.5));
    try (Dqn<Frame> a = onPictures(perception, 1);
        Dqn<Frame> b = onPictures(perception, 1)) {
      run(a, new Corridor(), 200);
      run(b, new Corridor(), 200);
      assertThat(digest(a)).isEqualTo(digest(b));
    }
  }

  @Test
  void aMethodBesideTrainsTheEncoderToo() {
    Perception alone = Perception.of(new ConvEncoder(8, false)).augmented(DIMMED);
    Auxiliary auxiliary = new Auxiliary(new VicReg(List.of(8, 8), 25, 25, 1), 1);
    try (Dqn<Frame> a = onPictures(alone, 1);
        Dqn<Frame> b = onPictures(alone.beside(auxiliary), 1)) {
      run(a, new Corridor(), 60);
      run(b, new Corridor(), 60);
      assertThat(values(a, "online/encoder").get("online/encoder/dense/kernel"))
          .isNotEqualTo(values(b, "online/encoder").get("online/encoder/dense/kernel"));
    }
  }

  @Test
  void learnsToWalkThroughACorridorOfPictures() {
    Dqn.Settings settings =
        settings(learning().learningRate(3e-3f).target(TargetUpdate.soft(0.05)))
            .exploration(new Exploration(1, 0.1, 500));
    try (Dqn<Frame> agent =
        Dqn.of(new Corridor(), Perception.of(new ConvEncoder(8, false)), settings, 1)) {
      run(agent, new Corridor(), 1_000);
      double[] returns = Trainer.evaluate(agent, new TimeLimit<>(new Corridor(), 50), 2, 0);
      // Seven steps to the right: six of them cost 0.01.
      assertThat(returns).containsOnly(new double[] {1 - 6 * 0.01}, within(1e-9));
    }
  }

  /** The loss of one transition by hand, from the values that the agent tells. */
  @Test
  void theLossIsThatOfDoubleQLearning() {
    Learning one = learning().batchSize(1).capacity(1).warmup(0).returnSteps(1).discount(0.9);
    float[] before = {0.1f, -0.2f, 0.3f, 0.4f};
    float[] after = {-0.5f, 0.6f, 0.7f, -0.8f};
    for (boolean terminated : new boolean[] {false, true}) {
      try (Dqn<float[]> agent =
          Dqn.of(new CartPole(), Perception.of(MlpEncoder.of(4, 8)), settings(one), 5)) {
        // Unequal networks: the target is that of the start, the online one has moved.
        for (int i = 0; i < 5; i++) {
          learn(agent, before, 1, 50, after, false);
        }
        Map<String, float[]> target = values(agent, "target");
        float[] online = agent.values(after);
        int best = online[0] > online[1] ? 0 : 1;
        double y = 0.25 + (terminated ? 0 : 0.9 * value(target, "target", after)[best]);
        double difference = Math.abs(agent.values(before)[1] - y);
        double huber = difference <= 1 ? difference * difference / 2 : difference - 0.5;
        assertThat(value(values(agent, "online"), "online", after)[best])
            .isCloseTo(online[best], within(1e-4));
        assertThat(value(target, "target", after)[best]).isNotCloseTo(online[best], within(1e-4));
        assertThat(learn(agent, before, 1, 0.25, after, terminated).getAsDouble())
            .isCloseTo(huber, within(1e-5));
      }
    }
  }

  private static OptionalDouble learn(
      Dqn<float[]> agent,
      float[] before,
      int action,
      double reward,
      float[] after,
      boolean terminated) {
    agent.begin(before);
    return agent.observe(action, new Step<>(after, reward, terminated, false, Map.of()));
  }

  /** The networks of these tests: three dense layers, ReLU between them. */
  private static double[] value(Map<String, float[]> weights, String branch, float[] input) {
    double[] x = new double[input.length];
    Arrays.setAll(x, i -> input[i]);
    double[] first = relu(dense(weights, branch + "/encoder/layer0", x));
    double[] second = relu(dense(weights, branch + "/q/layer0", first));
    return dense(weights, branch + "/q/output", second);
  }

  private static double[] dense(Map<String, float[]> weights, String path, double[] input) {
    float[] kernel = Objects.requireNonNull(weights.get(path + "/kernel"));
    float[] bias = Objects.requireNonNull(weights.get(path + "/bias"));
    double[] output = new double[bias.length];
    for (int j = 0; j < output.length; j++) {
      output[j] = bias[j];
      for (int i = 0; i < input.length; i++) {
        output[j] += input[i] * kernel[i * output.length + j];
      }
    }
    return output;
  }

  private static double[] relu(double[] values) {
    return Arrays.stream(values).map(value -> Math.max(0, value)).toArray();
  }

  @Test
  void theTargetIsCopiedAtItsUpdatesOnly() {
    try (Dqn<float[]> agent = onStates(4)) {
      float[] start = values(agent, "target").get("target/q/output/kernel");
      assertThat(start).isEqualTo(values(agent, "online").get("online/q/output/kernel"));
      run(agent, new CartPole(), 32 + 9);
      assertThat(agent.updates()).isEqualTo(9);
      assertThat(values(agent, "target").get("target/q/output/kernel")).isEqualTo(start);
      assertThat(values(agent, "online").get("online/q/output/kernel")).isNotEqualTo(start);
    }
    try (Dqn<float[]> agent = onStates(4)) {
      run(agent, new CartPole(), 32 + 10);
      assertThat(values(agent, "target").values().toArray())
          .isEqualTo(values(agent, "online").values().toArray());
    }
  }

  @Test
  void aFrozenEncoderStaysAndActs() {
    Perception frozen = Perception.of(new ConvEncoder(8, true)).freeze();
    try (Dqn<Frame> agent = onPictures(frozen, 1)) {
      Map<String, float[]> before = values(agent, "online");
      run(agent, new Corridor(), 60);
      Map<String, float[]> after = values(agent, "online");
      before.forEach(
          (path, value) -> {
            if (path.startsWith("online/encoder/")) {
              assertThat(after.get(path)).as(path).isEqualTo(value);
            }
          });
      assertThat(after.get("online/q/output/kernel"))
          .isNotEqualTo(before.get("online/q/output/kernel"));
    }
  }

  @Test
  void startsFromTheWeightsOfAnotherEncoderInEveryBranch() {
    Perception perception = Perception.of(new ConvEncoder(8, false));
    try (Dqn<Frame> teacher = onPictures(perception, 1);
        Dqn<Frame> agent = onPictures(perception, 2);
        Weights weights = teacher.weights("online/encoder")) {
      agent.start(weights);
      float[] expected = floats(weights.value("online/encoder/dense/kernel"));
      for (String branch : List.of("online", "target")) {
        assertThat(values(agent, branch).get(branch + "/encoder/dense/kernel")).isEqualTo(expected);
      }
    }
  }

  @Test
  void comesBackFromItsFile() {
    Path file = dir.resolve("agent.safetensors");
    try (Dqn<float[]> agent = onStates(1);
        Dqn<float[]> read = onStates(2)) {
      run(agent, new CartPole(), 100);
      agent.save(file);
      read.load(file);
      assertThat(digest(read)).isEqualTo(digest(agent));
      assertThat(read.steps()).isEqualTo(100);
      assertThat(read.updates()).isEqualTo(agent.updates());
    }
  }

  @Test
  void refusesTheFileOfAnotherAgentAndStaysAsItWas() throws IOException {
    Path file = dir.resolve("agent.safetensors");
    try (Dqn<float[]> agent = onStates(1);
        Dqn<Frame> other = onPictures(Perception.of(new ConvEncoder(8, false)), 1)) {
      agent.save(file);
      String before = digest(other);
      assertThatThrownBy(() -> other.load(file))
          .isInstanceOf(KindredException.class)
          .hasMessageStartingWith(file + ": is of another agent, it has ")
          .hasMessageEndingWith("load it into one of the same settings");
      assertThat(digest(other)).isEqualTo(before);
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
      assertThatThrownBy(() -> agent.load(file)).isInstanceOf(KindredException.class);
    }
  }

  @Test
  void saysThatItDiverged() {
    try (Dqn<float[]> agent = onStates(1)) {
      agent.begin(new float[4]);
      Step<float[]> step = new Step<>(new float[] {Float.NaN, 0, 0, 0}, 1, false, false, Map.of());
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 40; i++) {
                  agent.observe(0, step);
                }
              })
          .isInstanceOf(DivergedException.class)
          .hasMessageStartingWith("the loss was NaN at update 1; lower the learning rate");
    }
  }

  @Test
  void reportsEpisodesAndGoesOnWhereItWas() {
    List<EpisodeReport> whole = new ArrayList<>();
    List<EpisodeReport> pieces = new ArrayList<>();
    try (Dqn<float[]> a = onStates(1);
        Dqn<float[]> b = onStates(1)) {
      new Trainer<>(a, new CartPole(), 3).run(150, whole::add);
      Trainer<float[], Integer> trainer = new Trainer<>(b, new CartPole(), 3);
      for (int i = 0; i < 15; i++) {
        trainer.run(10, pieces::add);
      }
      assertThat(pieces).isEqualTo(whole).hasSizeGreaterThan(2);
      assertThat(whole.get(1).earned()).isEqualTo(whole.get(1).length());
      assertThat(whole.get(2).loss()).isPositive();
    }
  }

  @Test
  void saysWhatDoesNotGoTogether() {
    MlpEncoder encoder = MlpEncoder.of(4, 8);
    Auxiliary auxiliary = new Auxiliary(new VicReg(List.of(8, 8), 25, 25, 1), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Perception.of(encoder).beside(auxiliary))
        .withMessageContaining("there is no augmentation; give one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Perception.of(encoder).augmented(DIMMED).beside(auxiliary).freeze())
        .withMessageContaining("cannot be frozen");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Auxiliary(SupCon.defaults(), 1))
        .withMessage("method must be one without labels, was supcon");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> learning().capacity(8))
        .withMessage("capacity must be at least the batch size of 16, was 8");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Dqn.of(new CartPole(), Perception.of(MlpEncoder.of(5, 8)), settings(learning()), 1))
        .withMessage("observation must be of the encoder's 5 numbers, was 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetUpdate(1, 0))
        .withMessage("share must be in (0, 1], was 0.0");
  }

  @Test
  void exploresLessAndLess() {
    Exploration exploration = new Exploration(1, 0.1, 100);
    assertThat(exploration.at(0)).isEqualTo(1);
    assertThat(exploration.at(50)).isCloseTo(0.55, within(1e-12));
    assertThat(exploration.at(1_000)).isCloseTo(0.1, within(1e-12));
  }
}
