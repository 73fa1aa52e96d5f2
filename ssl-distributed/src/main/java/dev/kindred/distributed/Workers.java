package dev.kindred.distributed;

import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Precision;
import dev.kindred.runtime.Versions;
import dev.kindred.train.StoppedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * This process as one of several that train together. What all of them exchange goes over
 * TensorFlow's gRPC runtime, in rings; who is there is known by a roll call at the workers' own
 * addresses.
 *
 * <p>A worker that dies is known at once to all others, one that hangs or is cut off within {@link
 * WorkerOptions#silence}: they throw {@link WorkerLostException} with its name, and the run can be
 * resumed from its last checkpoint. TensorFlow cannot end its server, so a process that has joined
 * keeps a port until it ends; it may join again for another training.
 */
public final class Workers implements Collectives {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** By then TensorFlow has noticed a broken connection itself. */
  private static final long GRACE_MILLIS = 2000;

  private static final String RING = "ring";
  private static final String NCCL = "nccl";

  private final Cluster cluster;
  private final RollCall rollCall;
  private final GrpcRuntime runtime;
  private final CollectiveGraph collectives;

  private Workers(Cluster cluster, RollCall rollCall, GrpcRuntime runtime, String exchange) {
    this.cluster = cluster;
    this.rollCall = rollCall;
    this.runtime = runtime;
    collectives = new CollectiveGraph(cluster.workers().size(), exchange);
    rollCall.whenLost(this::cancelLater);
  }

  /**
   * Waits for the other workers, and joins them.
   *
   * @throws IllegalArgumentException if there are workers beyond this machine and the options do
   *     not allow it
   * @throws WorkerLostException naming a worker that does not come in time
   * @throws KindredException if the own address cannot be listened at, or another worker was
   *     started with other workers or as this one
   */
  public static Workers join(Cluster cluster, WorkerOptions options) {
    requireNear(cluster, options);
    String channel = cluster.workers().get(cluster.task());
    channel = channel.substring(0, channel.lastIndexOf(':') + 1) + freePort();
    Map<Integer, Peer> peers = new LinkedHashMap<>();
    Map<Integer, String> channels = new TreeMap<>(Map.of(cluster.task(), channel));
    try (Assembly assembly = new Assembly(cluster, options, channel)) {
      assembly
          .assemble()
          .forEach(
              (other, arrived) -> {
                peers.put(other, arrived.peer());
                channels.put(other, arrived.channel());
              });
    }
    RollCall rollCall = new RollCall(cluster, options, peers);
    try {
      GrpcRuntime runtime =
          new GrpcRuntime(List.copyOf(channels.values()), cluster.task(), threads(cluster));
      LOG.info(
          "{}: all are here; TensorFlow's channel at {} is neither authenticated nor encrypted, and open on all interfaces of this machine",
          cluster.name(cluster.task()),
          channel);
      return new Workers(cluster, rollCall, runtime, options.nccl() ? NCCL : RING);
    } catch (RuntimeException e) {
      rollCall.leave(e);
      rollCall.close();
      throw e;
    }
  }

  @Override
  public int size() {
    return cluster.workers().size();
  }

  @Override
  public int rank() {
    return cluster.task();
  }

  @Override
  public Operand<TFloat32> sum(Ops tf, Operand<TFloat32> value) {
    return collectives.sum(tf, value);
  }

  @Override
  public Operand<TFloat32> gather(Ops tf, Operand<TFloat32> rows) {
    return collectives.gather(tf, rows);
  }

  @Override
  public Session open(Graph graph, Precision precision) {
    return runtime.open(graph, precision);
  }

  @Override
  public void close(Session session) {
    runtime.close(session);
  }

  /** Where a run's options came from may differ, such as the folder that the data are in. */
  @Override
  public void requireSame(Map<String, Object> settings) {
    Map<String, Object> compared = new LinkedHashMap<>(settings);
    compared.remove("origin");
    compared.put("version", Versions.kindred());
    rollCall.requireSame(compared);
  }

  @Override
  public void at(long step) {
    rollCall.at(step);
  }

  @Override
  public String fromFirst(String text) {
    return rollCall.fromFirst(text);
  }

  @Override
  public void tellFirst(String note) {
    rollCall.tellFirst(note);
  }

  @Override
  public List<String> told(int count) {
    return rollCall.notes(count);
  }

  @Override
  public @Nullable RuntimeException leave(@Nullable RuntimeException failure) {
    RuntimeException explained = failure;
    if (failure instanceof TensorFlowException) {
      RollCall.Lost lost = rollCall.lost(2 * GRACE_MILLIS);
      explained = lost == null ? failure : rollCall.exception(lost, failure);
    }
    // All workers stop together, and the first may still be writing.
    rollCall.leave(explained instanceof StoppedException ? null : explained);
    return explained;
  }

  @Override
  public void close() {
    rollCall.close();
  }

  /** A step that waits for a worker that only hangs would wait for ever. */
  private void cancelLater() {
    Thread thread =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(GRACE_MILLIS);
                runtime.cancel();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "kindred-cancel");
    thread.setDaemon(true);
    thread.start();
  }

  private static void requireNear(Cluster cluster, WorkerOptions options) {
    List<String> far =
        IntStream.range(0, cluster.workers().size())
            .filter(i -> !isLoopback(cluster.host(i)))
            .mapToObj(cluster.workers()::get)
            .toList();
    if (!far.isEmpty() && !options.network()) {
      throw new IllegalArgumentException(
          "workers must be at loopback addresses unless the network is allowed, but %s is not: TensorFlow's channel is neither authenticated nor encrypted, so allow it only where all machines that can reach it are trusted"
              .formatted(String.join(", ", far)));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new KindredException("no port is free for TensorFlow's channel", e);
    }
  }

  /** Workers of one machine share its processors. */
  private static int threads(Cluster cluster) {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / cluster.neighbours());
  }
}
