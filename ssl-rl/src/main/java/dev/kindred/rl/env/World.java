package dev.kindred.rl.env;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The worlds that this package has, by the names that a command line calls them; each makes any
 * number of environments, with the time limit that it was published with.
 *
 * <pre>{@code
 * TimeLimit<float[], Integer> lander = World.LUNAR_LANDER.state();
 * TimeLimit<Frame, ?> any = World.named("car-racing").pixels(84, 84, Backdrop.plain());
 * }</pre>
 *
 * @param <A> an action
 */
public final class World<A> {
  /** A pole on a cart: {@link CartPole}. */
  public static final World<Integer> CARTPOLE =
      new World<>(
          "cartpole",
          "a pole on a cart is balanced by pushing the cart to the left or to the right",
          "Barto, Sutton and Anderson 1983; Gymnasium CartPole-v1",
          CartPole.STEPS,
          475,
          CartPole::new);

  /** A lander whose engines are on or off: {@link LunarLander#discrete}. */
  public static final World<Integer> LUNAR_LANDER =
      new World<>(
          "lunar-lander",
          "a craft is landed between two flags, one engine at a time",
          "Gymnasium LunarLander-v3",
          LunarLander.STEPS,
          200,
          LunarLander::discrete);

  /** A lander with throttles: {@link LunarLander#continuous}. */
  public static final World<float[]> LUNAR_LANDER_CONTINUOUS =
      new World<>(
          "lunar-lander-continuous",
          "a craft is landed between two flags by two throttles",
          "Gymnasium LunarLanderContinuous-v3",
          LunarLander.STEPS,
          200,
          LunarLander::continuous);

  /** A robot with two legs: {@link BipedalWalker}. */
  public static final World<float[]> BIPEDAL_WALKER =
      new World<>(
          "bipedal-walker",
          "a robot with two legs walks over uneven grass by its hips and knees",
          "Gymnasium BipedalWalker-v3",
          BipedalWalker.STEPS,
          300,
          BipedalWalker::new);

  /** A car on a track: {@link CarRacing}. */
  public static final World<float[]> CAR_RACING =
      new World<>(
          "car-racing",
          "a car drives around a track that is new each time, by steering, gas and brake",
          "Gymnasium CarRacing-v3",
          CarRacing.STEPS,
          900,
          CarRacing::new);

  private static final List<World<?>> ALL =
      List.of(CARTPOLE, LUNAR_LANDER, LUNAR_LANDER_CONTINUOUS, BIPEDAL_WALKER, CAR_RACING);

  private final String name;
  private final String description;
  private final String source;
  private final int steps;
  private final double solvedAt;
  private final Supplier<Simulation<A>> simulation;

  private World(
      String name,
      String description,
      String source,
      int steps,
      double solvedAt,
      Supplier<Simulation<A>> simulation) {
    this.name = name;
    this.description = description;
    this.source = source;
    this.steps = steps;
    this.solvedAt = solvedAt;
    this.simulation = simulation;
  }

  /** Every world. */
  public static List<World<?>> all() {
    return ALL;
  }

  /**
   * The world of that name.
   *
   * @throws IllegalArgumentException if there is none, listing the names that there are
   */
  public static World<?> named(String name) {
    return ALL.stream()
        .filter(world -> world.name.equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static IllegalArgumentException unknown(String name) {
    String names = ALL.stream().map(World::name).collect(Collectors.joining(", "));
    return new IllegalArgumentException("world must be one of %s, was %s".formatted(names, name));
  }

  /** What a command line calls it. */
  public String name() {
    return name;
  }

  /** What is to be done in it, in a few words. */
  public String description() {
    return description;
  }

  /** Where the task comes from. */
  public String source() {
    return source;
  }

  /** The steps after which an episode is cut. */
  public int steps() {
    return steps;
  }

  /**
   * The average return of an episode, over 100 of them, from which on the task counts as solved.
   */
  public double solvedAt() {
    return solvedAt;
  }

  /** The world itself, without a time limit. */
  public Simulation<A> simulation() {
    return simulation.get();
  }

  /** A new environment that is observed as numbers. */
  public TimeLimit<float[], A> state() {
    return new TimeLimit<>(simulation(), steps);
  }

  /**
   * A new environment that is observed as pictures.
   *
   * @param height pixels, {@code >= 1}
   * @param width pixels, {@code >= 1}
   * @param backdrop what is behind the world; of that environment alone
   */
  public TimeLimit<Frame, A> pixels(int height, int width, Backdrop backdrop) {
    return new TimeLimit<>(new PixelEnvironment<>(simulation(), height, width, backdrop), steps);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
