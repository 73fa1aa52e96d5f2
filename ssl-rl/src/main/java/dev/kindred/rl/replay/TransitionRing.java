package dev.kindred.rl.replay;

/** The latest transitions, each under its number; everything of them but the observations. */
final class TransitionRing {
  private static final byte TERMINATED = 1;
  private static final byte TRUNCATED = 2;

  private final int capacity;
  private final int actionBytes;
  private final long[] observation;
  private final long[] start;
  private final float[] reward;
  private final byte[] ending;
  private final byte[] actions;
  private long end;

  TransitionRing(int capacity, int actionBytes) {
    this.capacity = capacity;
    this.actionBytes = actionBytes;
    observation = new long[capacity];
    start = new long[capacity];
    reward = new float[capacity];
    ending = new byte[capacity];
    actions = new byte[Math.multiplyExact(capacity, actionBytes)];
  }

  int capacity() {
    return capacity;
  }

  int size() {
    return (int) Math.min(end, capacity);
  }

  /** The number of the oldest transition that is here. */
  long first() {
    return end - size();
  }

  /** The number of the next transition. */
  long end() {
    return end;
  }

  /** Adds a transition whose action is in {@link #actions} at {@link #actionOffset} already. */
  void add(long observationNumber, long episodeStart, float earned, byte ends) {
    int at = at(end);
    observation[at] = observationNumber;
    start[at] = episodeStart;
    reward[at] = earned;
    ending[at] = ends;
    end++;
  }

  static byte ending(boolean terminated, boolean truncated) {
    return (byte) ((terminated ? TERMINATED : 0) | (truncated ? TRUNCATED : 0));
  }

  /** Cuts the newest transition's episode there, unless it is over. */
  void cut() {
    int at = at(end - 1);
    if (ending[at] == 0) {
      ending[at] = TRUNCATED;
    }
  }

  /** The number of the observation before the action; the one after it has the next number. */
  long observation(long number) {
    return observation[at(number)];
  }

  /** The number of the first observation of the transition's episode. */
  long start(long number) {
    return start[at(number)];
  }

  float reward(long number) {
    return reward[at(number)];
  }

  boolean terminated(long number) {
    return (ending[at(number)] & TERMINATED) != 0;
  }

  boolean over(long number) {
    return ending[at(number)] != 0;
  }

  byte ending(long number) {
    return ending[at(number)];
  }

  byte[] actions() {
    return actions;
  }

  int actionOffset(long number) {
    return at(number) * actionBytes;
  }

  private int at(long number) {
    return (int) (number % capacity);
  }
}
