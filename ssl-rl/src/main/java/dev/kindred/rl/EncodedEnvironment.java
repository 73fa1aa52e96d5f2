package dev.kindred.rl;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Wrapper;

/**
 * An environment whose pictures are seen through an encoder: whatever agent acts in it is given
 * representations, and need not know of pictures.
 *
 * <pre>{@code
 * Environment<float[], Integer> env = new EncodedEnvironment<>(stackedPictures, encoder);
 * }</pre>
 *
 * @param <A> an action
 */
public final class EncodedEnvironment<A> extends Wrapper<Frame, float[], A> {
  private final ObservationEncoder encoder;

  /**
   * Encodes what {@code inner} shows.
   *
   * @param inner becomes this environment's; its observations are stacks, as the encoder takes
   * @param encoder stays the caller's; several environments may share one
   * @throws IllegalArgumentException if observations are not of the encoder's shape
   */
  public EncodedEnvironment(Environment<Frame, A> inner, ObservationEncoder encoder) {
    super(inner, Space.Box.unbounded(encoder.dimension()));
    this.encoder = encoder;
    requireShape(inner.observationSpace(), encoder.shape());
  }

  private static void requireShape(Space<Frame> space, StackShape shape) {
    Space.Pixels wanted =
        new Space.Pixels(shape.stack() * shape.channels(), shape.height(), shape.width());
    if (!wanted.equals(space)) {
      throw new IllegalArgumentException(
          "the environment must show what the encoder takes, %s (stacks of %d), but shows %s"
              .formatted(wanted, shape.stack(), space));
    }
  }

  @Override
  protected float[] next(Frame observation) {
    return encoder.embed(observation);
  }
}
