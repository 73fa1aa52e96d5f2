package dev.kindred.rl.env;

/**
 * A simulated world that is observed as pictures, {@code [3, height, width]}.
 *
 * @param <A> an action
 */
public final class PixelEnvironment<A> extends Wrapper<float[], Frame, A> {
  private final Simulation<A> world;
  private final Backdrop backdrop;
  private final Canvas canvas;
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

  @Override
  public Start<Frame> reset(long seed) {
    backdrop.begin(seed);
    steps = 0;
    return super.reset(seed);
  }

  @Override
  protected Frame first(float[] state) {
    return picture();
  }

  @Override
  protected Frame next(float[] state) {
    steps++;
    return picture();
  }

  private Frame picture() {
    backdrop.paint(canvas, steps, world.background());
    world.draw(canvas);
    return canvas.frame();
  }
}
