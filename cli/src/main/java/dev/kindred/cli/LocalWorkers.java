package dev.kindred.cli;

import dev.kindred.runtime.KindredException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The processes that this one has started to train with: each is this command again, with the list
 * of workers and its place among them. None outlives this process.
 */
final class LocalWorkers implements AutoCloseable {
  private static final String OPTION = "--local-workers";
  private static final String PARENT = "kindred.parent";
  private static final Pattern OWN = Pattern.compile("-D(kindred\\.stderr|kindred\\.parent)=.*");

  /** What TensorFlow's C++ library says whatever it is told. */
  private static final Pattern NOISE = Pattern.compile("I0000 .*|.*absl::InitializeLog.*");

  private static final int GOODBYE_SECONDS = 15;

  private final List<Process> others = new ArrayList<>();

  private LocalWorkers() {}

  /**
   * Starts all but the first of the workers.
   *
   * @param arguments those of this process
   */
  static LocalWorkers start(List<String> arguments, List<String> addresses) {
    LocalWorkers started = new LocalWorkers();
    try {
      for (int task = 1; task < addresses.size(); task++) {
        started.others.add(process(command(arguments, addresses, task)));
      }
      return started;
    } catch (IOException e) {
      started.close();
      throw new KindredException(
          "another worker's process cannot be started (%s)".formatted(e.getMessage()), e);
    }
  }

  /** Ends this process some time after the one that started it, if one did. */
  static void followParent() {
    Long parent = Long.getLong(PARENT);
    if (parent != null) {
      ProcessHandle.of(parent)
          .ifPresentOrElse(
              handle -> handle.onExit().thenRun(LocalWorkers::follow), LocalWorkers::follow);
    }
  }

  /** Waits for the others, whose work is done too. */
  void await() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GOODBYE_SECONDS);
    for (Process other : others) {
      try {
        other.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends those that are still there: gently, then not. */
  @Override
  public void close() {
    others.forEach(Process::destroy);
    await();
    others.forEach(Process::destroyForcibly);
  }

  private static List<String> command(List<String> arguments, List<String> addresses, int task) {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElseThrow(
                () ->
                    new KindredException(
                        "the path of this java is not known; start the workers with --workers and --task")));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !OWN.matcher(argument).matches())
        .forEach(command::add);
    command.add("-D%s=%d".formatted(PARENT, ProcessHandle.current().pid()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Kindred.class.getName()));
    command.addAll(without(arguments));
    command.addAll(List.of("--workers", String.join(",", addresses), "--task", "" + task));
    return command;
  }

  /** The arguments without the option that made this process start others. */
  static List<String> without(List<String> arguments) {
    List<String> rest = new ArrayList<>();
    for (Iterator<String> each = arguments.iterator(); each.hasNext(); ) {
      String argument = each.next();
      if (argument.equals(OPTION)) {
        each.next();
      } else if (!argument.startsWith(OPTION + "=")) {
        rest.add(argument);
      }
    }
    return rest;
  }

  private static Process process(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    Process process = builder.start();
    Thread thread = new Thread(() -> pass(process), "kindred-errors-" + process.pid());
    thread.setDaemon(true);
    thread.start();
    return process;
  }

  /** Passes on what a worker has to say. */
  private static void pass(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!NOISE.matcher(line).matches()) {
          System.err.println(line);
        }
      }
    } catch (IOException e) {
      // Its end is told by the roll call.
    }
  }

  /** The roll call has told this worker by now that the first one is gone. */
  private static void follow() {
    try {
      TimeUnit.SECONDS.sleep(GOODBYE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Failures.FAILED);
  }
}
