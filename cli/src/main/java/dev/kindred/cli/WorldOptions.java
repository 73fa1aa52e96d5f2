package dev.kindred.cli;

import dev.kindred.rl.env.Backdrop;
import dev.kindred.rl.env.Distractors;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.GreyFrames;
import dev.kindred.rl.env.PixelEnvironment;
import dev.kindred.rl.env.TimeLimit;
import dev.kindred.rl.env.World;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which world is played, and how it is seen. */
final class WorldOptions {
  /** More would be for no network and no eye. */
  private static final int LARGEST = 1024;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description =
          "The world: cartpole, lunar-lander, lunar-lander-continuous, bipedal-walker, car-racing.")
  @Nullable String env;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "The side of a picture in pixels (${DEFAULT-VALUE}).")
  int size = 84;

  @Option(
      names = "--grey",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Pictures without colours.")
  boolean grey;

  @Option(
      names = "--distractors",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Things that move behind the world and have nothing to do with it.")
  boolean distractors;

  /**
   * The world.
   *
   * @throws IllegalArgumentException if none is given, or there is none of that name
   */
  World<?> world() {
    if (env == null) {
      throw new IllegalArgumentException(
          World.all().stream()
              .map(World::name)
              .collect(Collectors.joining(", ", "--env must be given: one of ", "")));
    }
    return World.named(env);
  }

  /** An environment of {@code world}, as it is to be seen. */
  <A> Environment<Frame, A> pictures(World<A> world) {
    return seen(world, pixels(world));
  }

  /** The same in colours and without a time limit. */
  <A> PixelEnvironment<A> pixels(World<A> world) {
    Require.that(size >= 1 && size <= LARGEST, "--size", "1 to " + LARGEST, size);
    Backdrop backdrop = distractors ? Distractors.defaults() : Backdrop.plain();
    return new PixelEnvironment<>(world.simulation(), size, size, backdrop);
  }

  /** What {@link #pixels} gave, as it is to be seen and no longer than usual. */
  <A> Environment<Frame, A> seen(World<A> world, PixelEnvironment<A> pixels) {
    Environment<Frame, A> coloured = new TimeLimit<>(pixels, world.steps());
    return grey ? new GreyFrames<>(coloured) : coloured;
  }

  /** What is kept of these in a recording. */
  Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("environment", world().name());
    about.put("grey", grey);
    about.put("distractors", distractors);
    return about;
  }
}
