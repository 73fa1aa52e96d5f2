package dev.kindred.rl.replay;

import dev.kindred.rl.env.History;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Step;
import dev.kindred.runtime.Require;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * The latest transitions of an agent's life, to learn from in random order. Every observation is
 * kept once, pictures as bytes; stacks of pictures are made when they are sampled, never across an
 * episode's start, where the first picture is repeated as {@link History} does. The oldest
 * transition goes when there are too many; the pictures that its successors' stacks need stay.
 *
 * <p>Memory: the observations, which are one more than the transitions of each episode, and at most
 * 8 MB beside; it is taken as it is needed. 100,000 grey pictures of 84 by 84 take 706 MB and this
 * rest.
 *
 * <p>Sampling is uniform with replacement and a function of the content and the random generator
 * alone. Confined to one thread.
 *
 * @param <O> an observation
 * @param <A> an action
 */
public final class ReplayBuffer<O, A> {
  private final TensorFormat<O> observations;
  private final TensorFormat<A> actions;
  private final TensorFormat<O> stacks;
  private final int stack;
  private final ObservationLog log;
  private final TransitionRing ring;
  private long episodeStart;
  private boolean open;

  /**
   * Creates an empty buffer.
   *
   * @param observations what single observations lie in
   * @param actions what actions lie in
   * @param capacity how many transitions are kept, {@code >= 1}
   * @param stack how many pictures make an observation, {@code >= 1}; 1 for vectors
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ReplayBuffer(Space<O> observations, Space<A> actions, int capacity, int stack) {
    this(observations, actions, Require.atLeastOne("capacity", capacity), stack, 0);
  }

  /** Creates one whose first observation will have that number. */
  ReplayBuffer(Space<O> observations, Space<A> actions, int capacity, int stack, long first) {
    this.observations = TensorFormat.of(observations);
    this.actions = TensorFormat.of(actions);
    this.stacks = TensorFormat.of(History.stacked(observations, stack));
    this.stack = stack;
    log = new ObservationLog(this.observations.bytes(), first);
    ring = new TransitionRing(capacity, this.actions.bytes());
  }

  /** How many transitions there are. */
  public int size() {
    return ring.size();
  }

  /** How many transitions there may be. */
  public int capacity() {
    return ring.capacity();
  }

  /** How many pictures make an observation. */
  public int stack() {
    return stack;
  }

  /**
   * Begins an episode. One that was not over is cut: the value of its last observation counts.
   *
   * @throws IllegalArgumentException if the observation is of another shape
   */
  public void begin(O first) {
    observations.require("observation", first);
    if (open && ring.size() > 0) {
      ring.cut();
    }
    episodeStart = store(first);
    open = true;
  }

  /**
   * Adds what an action led to.
   *
   * @throws IllegalStateException if no episode was begun, or it is over
   * @throws IllegalArgumentException if the observation or the action is of another shape, or the
   *     reward is not a finite number
   */
  public void add(A action, Step<O> step) {
    if (!open) {
      throw new IllegalStateException("begin must be called before an episode's first transition");
    }
    observations.require("observation", step.observation());
    Require.that(Double.isFinite(step.reward()), "reward", "finite", step.reward());
    actions.write(action, ring.actions(), ring.actionOffset(ring.end()));
    long before = log.end() - 1;
    store(step.observation());
    ring.add(
        before,
        episodeStart,
        (float) step.reward(),
        TransitionRing.ending(step.terminated(), step.truncated()));
    open = !step.over();
    log.dropBefore(oldestNeeded());
  }

  private long store(O observation) {
    return log.add((chunk, offset) -> observations.write(observation, chunk, offset));
  }

  private long oldestNeeded() {
    long oldest = ring.first();
    return Math.max(ring.start(oldest), ring.observation(oldest) - stack + 1);
  }

  /**
   * Draws transitions of up to {@code steps} steps, each as likely as any other, with replacement.
   * A transition has fewer steps where its episode ends before, or goes on beyond what is here.
   *
   * @param batch how many, {@code >= 1}
   * @param steps how many steps' rewards are summed, {@code >= 1}
   * @param discount what the next step's reward counts, in {@code [0, 1]}
   * @return the batch, which the caller closes
   * @throws IllegalArgumentException if an argument is out of its range
   * @throws IllegalStateException if there are fewer than {@code batch} transitions
   */
  public Transitions sample(int batch, int steps, double discount, RandomGenerator random) {
    Require.atLeastOne("batch", batch);
    Require.atLeastOne("steps", steps);
    Require.share("discount", discount);
    if (size() < batch) {
      throw new IllegalStateException(
          "a batch of %d needs as many transitions, but there are %d; act longer before learning"
              .formatted(batch, size()));
    }
    long[] drawn = random.longs(batch, ring.first(), ring.end()).toArray();
    return pack(drawn, steps, discount);
  }

  private Transitions pack(long[] drawn, int steps, double discount) {
    Transitions batch =
        new Transitions(
            stacks.empty(drawn.length),
            stacks.empty(drawn.length),
            actions.empty(drawn.length),
            TFloat32.tensorOf(Shape.of(drawn.length)),
            TFloat32.tensorOf(Shape.of(drawn.length)));
    ByteDataBuffer before = TensorFormat.data(batch.observations());
    ByteDataBuffer after = TensorFormat.data(batch.nextObservations());
    for (int row = 0; row < drawn.length; row++) {
      long number = drawn[row];
      Return ahead = look(number, steps, discount);
      copyStack(number, ring.observation(number), before, row);
      copyStack(number, ring.observation(number) + ahead.steps, after, row);
      copyAction(number, batch.actions(), row);
      batch.rewards().setFloat((float) ahead.reward, row);
      batch.discounts().setFloat((float) ahead.discount, row);
    }
    return batch;
  }

  /** What lies ahead of a transition. */
  private record Return(int steps, double reward, double discount) {}

  private Return look(long from, int steps, double discount) {
    double reward = 0;
    double weight = 1;
    long number = from;
    boolean going = true;
    while (going) {
      reward += weight * ring.reward(number);
      weight *= discount;
      going = !ring.over(number) && number + 1 < ring.end() && number + 1 < from + steps;
      number++;
    }
    return new Return((int) (number - from), reward, ring.terminated(number - 1) ? 0 : weight);
  }

  private void copyStack(long transition, long newest, ByteDataBuffer to, int row) {
    long at = (long) row * stacks.bytes();
    for (long number = newest - stack + 1; number <= newest; number++) {
      log.copy(Math.max(number, ring.start(transition)), to, at);
      at += observations.bytes();
    }
  }

  private void copyAction(long transition, TType to, int row) {
    TensorFormat.data(to)
        .offset((long) row * actions.bytes())
        .write(ring.actions(), ring.actionOffset(transition), actions.bytes());
  }

  /**
   * Writes everything to one file, whole or not at all. An episode that is not over is cut where it
   * is. The file has, in big-endian numbers where nothing else is said:
   *
   * <ul>
   *   <li>the 8 bytes {@code KNDRPLY1};
   *   <li>as ints the bytes of an observation and of an action, the capacity, the stack and the
   *       number of transitions; as longs the number of the first observation and how many there
   *       are;
   *   <li>the observations, as they lie in a tensor (little-endian);
   *   <li>for each transition two longs, the number of its observation and of its episode's first,
   *       a float, the reward, a byte, 1 for terminated plus 2 for truncated, and the action as it
   *       lies in a tensor;
   *   <li>as a long the CRC-32 of all before.
   * </ul>
   *
   * @throws dev.kindred.runtime.KindredException if the file cannot be written
   */
  public void save(Path file) {
    ReplayFile.write(file, this);
  }

  /**
   * Reads what {@link #save} wrote. An episode must be begun before anything is added.
   *
   * @param observations what single observations lie in
   * @param actions what actions lie in
   * @throws dev.kindred.runtime.KindredException if the file is missing, may not be read, is not
   *     such a file, is truncated or damaged, or was written for other spaces
   */
  public static <O, A> ReplayBuffer<O, A> load(Path file, Space<O> observations, Space<A> actions) {
    return ReplayFile.read(file, observations, actions);
  }

  TensorFormat<O> observations() {
    return observations;
  }

  TensorFormat<A> actions() {
    return actions;
  }

  ObservationLog log() {
    return log;
  }

  TransitionRing ring() {
    return ring;
  }
}
