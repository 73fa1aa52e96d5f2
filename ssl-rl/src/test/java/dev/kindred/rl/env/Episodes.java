package dev.kindred.rl.env;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Runs environments and sums up what they gave. */
final class Episodes {
  private Episodes() {}

  /** A digest of every byte that so many steps with random actions gave, episode after episode. */
  static <O, A> String digest(Environment<O, A> environment, int steps) {
    SplittableRandom random = new SplittableRandom(1);
    MessageDigest digest = sha256();
    Start<O> start = environment.reset(0);
    add(digest, start.observation());
    start.info().forEach((name, value) -> add(digest, name, value));
    for (int i = 1; i <= steps; i++) {
      Step<O> step = environment.step(environment.actionSpace().sample(random));
      add(digest, step.observation());
      add(digest, step.terminated() + " " + step.truncated(), step.reward());
      step.info().forEach((name, value) -> add(digest, name, value));
      if (step.over()) {
        add(digest, environment.reset(i).observation());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void add(MessageDigest digest, String name, double value) {
    digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, value));
  }

  private static void add(MessageDigest digest, Object observation) {
    if (observation instanceof Frame frame) {
      digest.update(frame.samples());
    } else {
      for (float number : (float[]) observation) {
        digest.update(ByteBuffer.allocate(Float.BYTES).putFloat(0, number));
      }
    }
  }

  /** What an episode earned. */
  static <O, A> double score(Environment<O, A> environment, long seed, Function<O, A> policy) {
    O seen = environment.reset(seed).observation();
    double sum = 0;
    Step<O> step;
    do {
      step = environment.step(policy.apply(seen));
      seen = step.observation();
      sum += step.reward();
    } while (!step.over());
    return sum;
  }
}
