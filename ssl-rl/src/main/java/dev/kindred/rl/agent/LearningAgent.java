package dev.kindred.rl.agent;

import dev.kindred.embedding.Weights;
import dev.kindred.rl.env.History;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Step;
import dev.kindred.rl.replay.ReplayBuffer;
import dev.kindred.rl.replay.TensorFormat;
import dev.kindred.rl.replay.Transitions;
import dev.kindred.train.DivergedException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.tensorflow.types.family.TType;

/** What is common to agents that remember, draw, and learn from what they drew. */
abstract class LearningAgent<O, A> implements Agent<O, A> {
  private final Space<O> observations;
  private final Learning learning;
  private final ReplayBuffer<O, A> buffer;
  private final TensorFormat<O> stacks;
  private final RandomGenerator random;
  private final RandomGenerator sampling;
  private final AgentGraph graph;
  private long steps;
  private long updates;

  LearningAgent(
      Space<O> observations,
      Space<A> actions,
      Perception perception,
      Learning learning,
      long seed) {
    this.observations = observations;
    this.learning = learning;
    buffer = new ReplayBuffer<>(observations, actions, learning.capacity(), perception.stack());
    stacks = TensorFormat.of(History.stacked(observations, perception.stack()));
    SplittableRandom source = new SplittableRandom(seed);
    random = source.split();
    sampling = source.split();
    graph = new AgentGraph(stacks, TensorFormat.of(actions), perception, learning, seed);
  }

  /** Where subclasses build. */
  AgentGraph graph() {
    return graph;
  }

  /** The randomness of acting. */
  RandomGenerator random() {
    return random;
  }

  /** How many steps of the environment were observed. */
  public long steps() {
    return steps;
  }

  /** How many times the weights were updated. */
  public long updates() {
    return updates;
  }

  /** What is remembered; it stays this agent's. */
  public ReplayBuffer<O, A> buffer() {
    return buffer;
  }

  /** Whether learning has not begun yet. */
  boolean warming() {
    return steps < learning.warmup();
  }

  /** A stacked observation as the graph takes it, which the caller closes. */
  TType tensor(O observation) {
    return stacks.tensor(List.of(observation));
  }

  @Override
  public History<O> history() {
    return new History<>(observations, buffer.stack());
  }

  @Override
  public void begin(O first) {
    buffer.begin(first);
  }

  @Override
  public OptionalDouble observe(A action, Step<O> step) {
    buffer.add(action, step);
    steps++;
    return learning.due(steps, buffer.size()) ? OptionalDouble.of(learn()) : OptionalDouble.empty();
  }

  private double learn() {
    updates++;
    try (Transitions batch =
        buffer.sample(
            learning.batchSize(), learning.returnSteps(), learning.discount(), sampling)) {
      float loss = graph.update(batch, updates)[0];
      if (!Float.isFinite(loss)) {
        throw new DivergedException(
            "the loss was %s at update %d; lower the learning rate (%s), clip gradients, or scale rewards"
                .formatted(loss, updates, learning.learningRate()));
      }
      return loss;
    }
  }

  /**
   * The values of the parameters below {@code path}, such as {@code online/encoder}; the caller
   * closes them.
   */
  public Weights weights(String path) {
    return graph.weights(path);
  }

  /**
   * Gives the encoder other values than its initial ones, before anything is learnt: those of a
   * training without rewards, say. Of a file they come through {@link
   * dev.kindred.embedding.WeightsSource#load} into an {@link dev.kindred.embedding.InferenceModel},
   * and its weights here.
   *
   * @param weights a value for every parameter below {@code online/encoder}; stays the caller's
   * @throws IllegalArgumentException if one is missing
   */
  public void start(Weights weights) {
    graph.start(weights);
  }

  @Override
  public void save(Path file) {
    try (Weights values = graph.values()) {
      Checkpoint.write(file, values, new Checkpoint.Progress(steps, updates));
    }
  }

  @Override
  public void load(Path file) {
    try (Weights now = graph.values()) {
      Checkpoint.Progress progress = Checkpoint.read(file, now, graph::assign);
      steps = progress.steps();
      updates = progress.updates();
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
