package dev.kindred.rl.env;

import java.util.List;

/**
 * A simulated world that is observed as pictures, {@code [3, height, width]}.
 *
 * @param <A> an action
 */
public final class PixelEnvironment<A> implements Environment<Frame, A> {
  private final Simulation<A> world;
  private final Backdrop backdrop;
  private final Canvas canvas;
  private final Space.Pixels observations;
  private int steps;

  /**
   * Observes {@code world}, which becomes this environment's.
   *
   * @param height pixels, {@code >= 1}
   * @param width pixels, {@code >= 1}
   * @param backdrop what is behind the world; of this environment alone
   */
  public PixelEnvironment(Simulation<A> world, int height, int width, Backdrop backdrop) {
    this.world = world;
    this.backdrop = backdrop;
    canvas = new Canvas(height, width);
    observations = new Space.Pixels(3, height, width);
  }

  @Override
  public Space<Frame> observationSpace() {
    return observations;
  }

  @Override
  public Space<A> actionSpace() {
    return world.actionSpace();
  }

  @Override
  public List<String> variables() {
    return world.variables();
  }

  @Override
  public Start<Frame> reset(long seed) {
    Start<float[]> start = world.reset(seed);
    backdrop.begin(seed);
    steps = 0;
    return start.map(state -> picture());
  }

  @Override
  public Step<Frame> step(A action) {
    Step<float[]> step = world.step(action);
    steps++;
    return step.map(state -> picture());
  }

  @Override
  public void close() {
    world.close();
  }

  private Frame picture() {
    backdrop.paint(canvas, steps, world.background());
    world.draw(canvas);
    return canvas.frame();
  }
}
