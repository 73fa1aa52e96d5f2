package dev.kindred.distributed;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers' coming together. Each listens at its address of the cluster; each calls those before
 * it in the list, until they answer, and waits for those after it. Who calls says who it is, which
 * workers it knows, and where its TensorFlow listens, and is answered with the same, or refused.
 */
final class Assembly implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
  private static final Duration GREETING = Duration.ofSeconds(10);
  private static final int CALL_MILLIS = 1000;
  private static final int PAUSE_MILLIS = 200;

  private final Cluster cluster;
  private final WorkerOptions options;
  private final String channel;
  private final ServerSocket door;
  private final Map<Integer, Arrived> arrived = new ConcurrentSkipListMap<>();
  private final AtomicReference<KindredException> refusal = new AtomicReference<>();
  private final CountDownLatch complete = new CountDownLatch(1);

  /**
   * A worker that has come.
   *
   * @param peer the connection to it
   * @param channel where its TensorFlow listens
   */
  record Arrived(Peer peer, String channel) {}

  /**
   * Opens this worker's door.
   *
   * @param channel where this worker's TensorFlow will listen
   * @throws KindredException if its address cannot be listened at
   */
  Assembly(Cluster cluster, WorkerOptions options, String channel) {
    this.cluster = cluster;
    this.options = options;
    this.channel = channel;
    door = open();
  }

  /**
   * Waits until all are there.
   *
   * @return the others, by their place
   * @throws WorkerLostException naming a worker that did not come in time
   * @throws KindredException if another worker was started with other workers, or as this one
   */
  Map<Integer, Arrived> assemble() {
    long deadline = System.nanoTime() + options.join().toNanos();
    Thread host = daemon("kindred-door", this::welcome);
    List<Thread> callers =
        IntStream.range(0, cluster.task())
            .mapToObj(i -> daemon("kindred-call-" + i, () -> call(i, deadline)))
            .toList();
    try {
      if (cluster.workers().size() > 1
          && !complete.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw absent();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindredException("interrupted while waiting for the other workers", e);
    } finally {
      close();
      host.interrupt();
      callers.forEach(Thread::interrupt);
    }
    KindredException refused = refusal.get();
    if (refused != null) {
      arrived.values().forEach(one -> one.peer().close());
      throw refused;
    }
    return Map.copyOf(arrived);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      LOG.debug("closing {}", door, e);
    }
  }

  private WorkerLostException absent() {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < cluster.workers().size(); i++) {
      if (i != cluster.task() && !arrived.containsKey(i)) {
        missing.add(i);
      }
    }
    arrived.values().forEach(one -> one.peer().close());
    return new WorkerLostException(
        missing.get(0),
        "%s: %s has not come within %d s; start it with the same workers in the same order and task %d, and see that its address can be reached from here"
            .formatted(
                cluster.name(cluster.task()),
                String.join(", ", missing.stream().map(cluster::name).toList()),
                options.join().toSeconds(),
                missing.get(0)),
        null);
  }

  /** Lets in those that call. */
  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        daemon("kindred-welcome", () -> greet(caller));
      } catch (IOException e) {
        LOG.debug("{}: {}", door, e.getMessage());
      }
    }
  }

  private void greet(Socket caller) {
    try {
      Peer peer = new Peer(caller);
      peer.patience(GREETING);
      Message hello = peer.receive();
      if (hello.kind() != Message.Kind.HELLO) {
        peer.close();
        return;
      }
      String trouble = admit(hello, peer);
      if (trouble == null) {
        peer.send(Message.hello(cluster.task(), cluster.workers(), channel));
        completeIfAll();
      } else {
        peer.send(Message.of(Message.Kind.REFUSED, trouble));
        peer.close();
        if (!cluster.workers().equals(hello.workers())) {
          refuse(trouble);
        }
      }
    } catch (IOException e) {
      LOG.debug("{} called, but is no worker: {}", caller, e.getMessage());
    }
  }

  private void call(int worker, long deadline) {
    while (System.nanoTime() < deadline && complete.getCount() > 0) {
      try {
        Peer peer = connect(worker);
        peer.send(Message.hello(cluster.task(), cluster.workers(), channel));
        Message answer = peer.receive();
        if (answer.kind() == Message.Kind.REFUSED) {
          refuse(answer.text());
        } else {
          arrived.put(worker, new Arrived(peer, String.valueOf(answer.text())));
          completeIfAll();
        }
        return;
      } catch (IOException e) {
        LOG.debug("{} does not answer yet: {}", cluster.name(worker), e.getMessage());
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Peer connect(int worker) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(cluster.host(worker), cluster.port(worker)), CALL_MILLIS);
      Peer peer = new Peer(socket);
      peer.patience(GREETING);
      return peer;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private synchronized void completeIfAll() {
    if (arrived.size() == cluster.workers().size() - 1) {
      complete.countDown();
    }
  }

  private void refuse(@Nullable String why) {
    refusal.compareAndSet(
        null, new KindredException("%s: %s".formatted(cluster.name(cluster.task()), why)));
    complete.countDown();
  }

  /** Lets a caller in, or says what is wrong with it, in words for both. */
  private synchronized @Nullable String admit(Message hello, Peer peer) {
    int caller = hello.worker();
    List<String> theirs = hello.workers();
    if (!cluster.workers().equals(theirs)) {
      return "worker %d was started with the workers %s, but worker %d with %s; give all of them the same, in the same order"
          .formatted(
              caller,
              String.join(",", theirs == null ? List.of() : theirs),
              cluster.task(),
              String.join(",", cluster.workers()));
    }
    if (caller <= cluster.task()
        || caller >= cluster.workers().size()
        || arrived.containsKey(caller)) {
      return "a second process was started as worker %d; give each its own task".formatted(caller);
    }
    arrived.put(caller, new Arrived(peer, String.valueOf(hello.text())));
    return null;
  }

  private ServerSocket open() {
    String host = cluster.host(cluster.task());
    int port = cluster.port(cluster.task());
    String name = cluster.name(cluster.task());
    try {
      InetAddress address = InetAddress.getByName(host);
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(listenAt(address), port));
      return socket;
    } catch (UnknownHostException e) {
      throw new KindredException(
          "%s: the host %s is not known here; give an address that all workers can reach"
              .formatted(name, host),
          e);
    } catch (BindException e) {
      throw new KindredException(
          "%s: cannot listen at its address (%s); if another program has the port choose another, and see that the task is this machine's"
              .formatted(name, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new KindredException(
          "%s: cannot listen at its address (%s)".formatted(name, e.getMessage()), e);
    }
  }

  /** An address that is no interface's, such as a Kubernetes service's, stands for all of them. */
  private InetAddress listenAt(InetAddress address) throws IOException {
    boolean own = address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    return own || !options.network() ? address : new InetSocketAddress(0).getAddress();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
