package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several environments of one kind that are stepped together; whichever ends an episode begins the
 * next one within the same step.
 *
 * <p>The seeds of each environment's episodes derive from the seed of {@link #reset} and the
 * environment's place. So everything is the same, to the byte, whether they run one after the other
 * or on an executor's threads, which pays for pictures: the physics of different environments take
 * turns.
 *
 * @param <O> an observation
 * @param <A> an action
 */
public final class VectorEnvironment<O, A> implements AutoCloseable {
  private final List<Member<O, A>> members;
  private final @Nullable ExecutorService executor;

  private VectorEnvironment(
      int count, Supplier<? extends Environment<O, A>> each, @Nullable ExecutorService executor) {
    Require.atLeastOne("environments", count);
    this.executor = executor;
    members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(new Member<>(each.get()));
    }
  }

  /**
   * Environments that are stepped one after the other, in the caller's thread.
   *
   * @param count how many, {@code >= 1}
   * @param each makes one of them, each time another
   */
  public static <O, A> VectorEnvironment<O, A> serial(
      int count, Supplier<? extends Environment<O, A>> each) {
    return new VectorEnvironment<>(count, each, null);
  }

  /**
   * Environments that are stepped on the threads of an executor, which stays the caller's.
   *
   * @param count how many, {@code >= 1}
   * @param each makes one of them, each time another
   */
  public static <O, A> VectorEnvironment<O, A> parallel(
      int count, Supplier<? extends Environment<O, A>> each, ExecutorService executor) {
    return new VectorEnvironment<>(count, each, executor);
  }

  /**
   * What one environment's action led to.
   *
   * @param step its result; after an episode's end its observation is the episode's final one
   * @param restart the beginning of the next episode, where this step ended one
   * @param <O> an observation
   */
  public record Turn<O>(Step<O> step, Optional<Start<O>> restart) {
    /** What to act on next: the next episode's first observation where this step ended one. */
    public O observation() {
      return restart.map(Start::observation).orElse(step.observation());
    }
  }

  private static final class Member<O, A> {
    private final Environment<O, A> environment;
    private SplittableRandom seeds = new SplittableRandom();

    private Member(Environment<O, A> environment) {
      this.environment = environment;
    }

    private Start<O> reset(SplittableRandom newSeeds) {
      seeds = newSeeds;
      return environment.reset(seeds.nextLong());
    }

    private Turn<O> step(A action) {
      Step<O> step = environment.step(action);
      return new Turn<>(
          step, step.over() ? Optional.of(environment.reset(seeds.nextLong())) : Optional.empty());
    }
  }

  /** The number of environments. */
  public int size() {
    return members.size();
  }

  /** What every observation lies in. */
  public Space<O> observationSpace() {
    return members.get(0).environment.observationSpace();
  }

  /** What every action must lie in. */
  public Space<A> actionSpace() {
    return members.get(0).environment.actionSpace();
  }

  /** The names of the true state's variables. */
  public List<String> variables() {
    return members.get(0).environment.variables();
  }

  /**
   * Begins an episode in each environment.
   *
   * @param seed what everything random derives from, in this episode and those that follow it
   */
  public List<Start<O>> reset(long seed) {
    SplittableRandom all = new SplittableRandom(seed);
    List<SplittableRandom> seeds = members.stream().map(member -> all.split()).toList();
    return each(i -> members.get(i).reset(seeds.get(i)));
  }

  /**
   * Acts in each environment.
   *
   * @param actions one for each, in order
   * @throws IllegalArgumentException if there are more or fewer, or one is not in {@link
   *     #actionSpace}; none is acted on then
   * @throws IllegalStateException if no episode was begun
   */
  public List<Turn<O>> step(List<A> actions) {
    if (actions.size() != size()) {
      throw new IllegalArgumentException(
          "there must be an action for each of %d environments, were %d"
              .formatted(size(), actions.size()));
    }
    actions.forEach(this::check);
    return each(i -> members.get(i).step(actions.get(i)));
  }

  private void check(A action) {
    Space<A> space = actionSpace();
    Require.that(space.contains(action), "action", "in " + space, space.show(action));
  }

  private <T> List<T> each(IntFunction<T> work) {
    if (executor == null) {
      return IntStream.range(0, size()).mapToObj(work).toList();
    }
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      int member = i;
      tasks.add(() -> work.apply(member));
    }
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done : executor.invokeAll(tasks)) {
        results.add(done.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the environments were stepped", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException exception) {
      return exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("an environment failed", cause);
  }

  /** Closes every environment; may be called twice. */
  @Override
  public void close() {
    members.forEach(member -> member.environment.close());
  }
}
