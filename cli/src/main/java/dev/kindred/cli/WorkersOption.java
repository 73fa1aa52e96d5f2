package dev.kindred.cli;

import dev.kindred.distributed.Cluster;
import dev.kindred.distributed.WorkerOptions;
import dev.kindred.distributed.Workers;
import dev.kindred.runtime.Collectives;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Over which processes a training is spread; over none but this unless told. */
final class WorkersOption {
  private static final String TF_CONFIG = "TF_CONFIG";

  @Option(
      names = "--local-workers",
      paramLabel = "N",
      description = "Train with N processes on this machine; this one starts the others.")
  private @Nullable Integer localWorkers;

  @Option(
      names = "--workers",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "Train with these workers, one process each, all started with the same options but --task;"
              + " unless given those of the variable TF_CONFIG, where it is set.")
  private @Nullable List<String> workers;

  @Option(
      names = "--task",
      paramLabel = "N",
      description = "Which of --workers this process is, from 0; the first writes RUN.")
  private @Nullable Integer task;

  @Option(
      names = "--network",
      description =
          "Workers may be on other machines. TensorFlow's channel between them is neither"
              + " authenticated nor encrypted: only where all that can reach it are trusted.")
  private boolean network;

  @Option(
      names = "--nccl",
      description = "Exchange tensors between GPUs by NCCL, instead of TensorFlow's channel.")
  private boolean nccl;

  @Option(
      names = "--worker-timeout",
      paramLabel = "SECONDS",
      description = "How long a worker may be silent before it counts as lost (20).")
  private @Nullable Integer silence;

  @Option(
      names = "--join-timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for all workers to come (120).")
  private @Nullable Integer join;

  /** What a training does with the workers. */
  interface Training {
    int with(Collectives workers);
  }

  /**
   * Joins the workers, and starts those of this machine.
   *
   * @param spec the command, whose arguments the others are started with
   * @return what the training returned
   */
  int run(@Nullable CommandSpec spec, PrintWriter out, Training training) {
    if (localWorkers != null && spec != null) {
      return local(localWorkers, spec, training);
    }
    Optional<Cluster> cluster = cluster(() -> System.getenv(TF_CONFIG));
    if (cluster.isEmpty() || cluster.get().workers().size() == 1) {
      return training.with(Collectives.alone());
    }
    out.println(
        "worker %d of %s"
            .formatted(cluster.get().task(), String.join(", ", cluster.get().workers())));
    try (Workers joined = Workers.join(cluster.get(), options())) {
      return training.with(joined);
    }
  }

  private int local(int count, CommandSpec spec, Training training) {
    if (workers != null || task != null) {
      throw new IllegalArgumentException(
          "--local-workers starts all workers itself; leave --workers and --task out");
    }
    if (count < 1) {
      throw new IllegalArgumentException("--local-workers must be >= 1, was " + count);
    }
    if (count == 1) {
      return training.with(Collectives.alone());
    }
    List<String> addresses = Cluster.localAddresses(count);
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    try (LocalWorkers others = LocalWorkers.start(arguments, addresses);
        Workers joined = Workers.join(Cluster.of(addresses, 0), options())) {
      int code = training.with(joined);
      others.await();
      return code;
    }
  }

  /** The workers, of the options or else of the environment. */
  Optional<Cluster> cluster(Supplier<@Nullable String> environment) {
    if (workers != null) {
      if (task == null) {
        throw new IllegalArgumentException(
            "--task must be given with --workers: which of them this process is, from 0");
      }
      return Optional.of(Cluster.of(workers, task));
    }
    if (task != null) {
      throw new IllegalArgumentException("--task is for --workers; give them, or leave it out");
    }
    String config = environment.get();
    return config == null || config.isBlank()
        ? Optional.empty()
        : Optional.of(Cluster.ofTfConfig(config));
  }

  private WorkerOptions options() {
    WorkerOptions options = WorkerOptions.defaults();
    if (silence != null) {
      options = options.withSilence(Duration.ofSeconds(silence));
    }
    if (join != null) {
      options = options.withJoin(Duration.ofSeconds(join));
    }
    if (nccl) {
      options = options.withNccl();
    }
    return network ? options.onNetwork() : options;
  }
}
