package dev.kindred.rl.env;

import org.jspecify.annotations.Nullable;

/**
 * A simulated world that is observed as pictures, {@code [3, height, width]}.
 *
 * @param <A> an action
 */
public final class PixelEnvironment<A> extends Wrapper<float[], Frame, A> {
  private final Simulation<A> world;
  private final Backdrop backdrop;
  private final Canvas canvas;
  private float @Nullable [] seen;
  private int steps;

  /**
   * Observes {@code world}, which becomes this environment's.
   *
   * @param height pixels, {@code >= 1}
   * @param width pixels, {@code >= 1}
   * @param backdrop what is behind the world; of this environment alone
   */
  public PixelEnvironment(Simulation<A> world, int height, int width, Backdrop backdrop) {
    super(world, new Space.Pixels(3, height, width));
    this.world = world;
    this.backdrop = backdrop;
    canvas = new Canvas(height, width);
  }

  /**
   * What the world of the latest picture is observed as in numbers, for whoever acts by rules, such
   * as {@link LunarLanderPilot}. Not to be modified.
   *
   * @throws IllegalStateException if no episode was begun
   */
  public float[] state() {
    return Simulation.begun(seen);
  }

  @Override
  public Start<Frame> reset(long seed) {
    backdrop.begin(seed);
    steps = 0;
    return super.reset(seed);
  }

  @Override
  protected Frame first(float[] state) {
    return picture(state);
  }

  @Override
  protected Frame next(float[] state) {
    steps++;
    return picture(state);
  }

  private Frame picture(float[] state) {
    seen = state;
    backdrop.paint(canvas, steps, world.background());
    world.draw(canvas);
    return canvas.frame();
  }
}
