package dev.kindred.rl.agent;

import dev.kindred.nn.Encoder;
import dev.kindred.rl.augment.ObservationAugmentation;
import dev.kindred.runtime.Require;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * How an agent sees: the encoder of its observations, and what trains that beside the rewards.
 *
 * @param encoder the network: of vectors {@code [batch, size]}, or of pictures {@code [batch,
 *     height, width, stack * channels]} in {@code [-0.5, 0.5]}, as {@link
 *     dev.kindred.rl.ObservationViews} have them
 * @param stack how many pictures make an observation, {@code >= 1}; 1 for vectors
 * @param augmentation what changes the pictures that are learnt from, as in DrQ (Kostrikov et al.
 *     2020, arXiv:2004.13649); never those that are acted on
 * @param auxiliary a self-supervised method beside the rewards; needs an augmentation
 * @param frozen whether the encoder stays as it is
 */
public record Perception(
    Encoder<Operand<TFloat32>> encoder,
    int stack,
    @Nullable ObservationAugmentation augmentation,
    @Nullable Auxiliary auxiliary,
    boolean frozen) {
  /**
   * Checks that these go together.
   *
   * @throws IllegalArgumentException if the stack is below 1, or an auxiliary method has no
   *     augmentation to make views, or a frozen encoder to train
   */
  public Perception {
    Require.atLeastOne("stack", stack);
    if (auxiliary != null && frozen) {
      throw new IllegalArgumentException(
          "auxiliary trains the encoder, so it cannot be frozen; leave one of them out");
    }
    if (auxiliary != null && augmentation == null) {
      throw new IllegalArgumentException(
          "auxiliary compares augmented views, but there is no augmentation; give one");
    }
  }

  /** An encoder of single observations that the rewards train. */
  public static Perception of(Encoder<Operand<TFloat32>> encoder) {
    return new Perception(encoder, 1, null, null, false);
  }

  /** The same with so many pictures as one observation. */
  public Perception stack(int value) {
    return new Perception(encoder, value, augmentation, auxiliary, frozen);
  }

  /** The same with what is learnt from changed at random. */
  public Perception augmented(ObservationAugmentation value) {
    return new Perception(encoder, stack, value, auxiliary, frozen);
  }

  /** The same with a self-supervised method beside the rewards. */
  public Perception beside(Auxiliary value) {
    return new Perception(encoder, stack, augmentation, value, frozen);
  }

  /** The same with an encoder that stays as it is. */
  public Perception freeze() {
    return new Perception(encoder, stack, augmentation, auxiliary, true);
  }
}
