package dev.kindred.rl;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Start;
import dev.kindred.rl.env.Step;
import java.util.List;

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
public final class EncodedEnvironment<A> implements Environment<float[], A> {
  private final Environment<Frame, A> inner;
  private final ObservationEncoder encoder;
  private final Space.Box observations;

  /**
   * Encodes what {@code inner} shows.
   *
   * @param inner becomes this environment's; its observations are stacks, as the encoder takes
   * @param encoder stays the caller's; several environments may share one
   * @throws IllegalArgumentException if observations are not of the encoder's shape
   */
  public EncodedEnvironment(Environment<Frame, A> inner, ObservationEncoder encoder) {
    this.inner = inner;
    this.encoder = encoder;
    requireShape(inner.observationSpace(), encoder.shape());
    observations = Space.Box.unbounded(encoder.dimension());
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
  public Space<float[]> observationSpace() {
    return observations;
  }

  @Override
  public Space<A> actionSpace() {
    return inner.actionSpace();
  }

  @Override
  public List<String> variables() {
    return inner.variables();
  }

  @Override
  public Start<float[]> reset(long seed) {
    return inner.reset(seed).map(encoder::embed);
  }

  @Override
  public Step<float[]> step(A action) {
    return inner.step(action).map(encoder::embed);
  }

  @Override
  public void close() {
    inner.close();
  }
}
