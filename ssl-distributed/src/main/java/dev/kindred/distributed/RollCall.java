package dev.kindred.distributed;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is there, second by second, while TensorFlow moves the data: every worker says to every other
 * that it is, and how far. A connection that ends without goodbye, a silence, or steps that do not
 * come make a worker lost; whoever finds that out tells the rest, so that all of them know the same
 * name. Small words go this way too: the settings that are compared at the start, and what could
 * not be read.
 */
final class RollCall implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);
  private static final int BEATS_A_SECOND = 1;

  private final Cluster cluster;
  private final WorkerOptions options;
  private final Map<Integer, Peer> peers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "kindred-heart");
            thread.setDaemon(true);
            return thread;
          });

  // All below is guarded by this.
  private final Map<Integer, Message> settings = new ConcurrentHashMap<>();
  private final Map<Integer, Long> steps = new ConcurrentHashMap<>();
  private final Set<Integer> done = ConcurrentHashMap.newKeySet();
  private final List<String> notes = new ArrayList<>();
  private @Nullable String told;
  private boolean losing;
  private @Nullable Lost lost;
  private long step;
  private long stepSince = System.nanoTime();
  private boolean closed;
  private Runnable whenLost = () -> {};

  /**
   * A worker that takes part no more.
   *
   * @param worker which
   * @param how in words that follow its name
   */
  record Lost(int worker, String how) {}

  /** Begins to call those that have come. */
  RollCall(Cluster cluster, WorkerOptions options, Map<Integer, Peer> others) {
    this.cluster = cluster;
    this.options = options;
    peers.putAll(others);
    peers.forEach(this::listen);
    heart.scheduleAtFixedRate(this::beat, 0, BEATS_A_SECOND, TimeUnit.SECONDS);
  }

  /** What to do at once when a worker is lost, on another thread. */
  synchronized void whenLost(Runnable action) {
    whenLost = action;
    if (lost != null) {
      action.run();
    }
  }

  /** Says at which step this worker is. */
  synchronized void at(long now) {
    step = now;
    stepSince = System.nanoTime();
  }

  /**
   * Compares {@code own} with what the others were given.
   *
   * @throws IllegalArgumentException if a worker was given something else
   */
  void requireSame(Map<String, Object> own) {
    String text = Json.line(own);
    peers.keySet().forEach(other -> send(other, Message.of(Message.Kind.SETTINGS, text)));
    for (int other : peers.keySet()) {
      String theirs = String.valueOf(await(() -> settings.remove(other)).text());
      List<String> differences = Differences.of(Json.parse(text), Json.parse(theirs));
      if (!differences.isEmpty()) {
        throw new IllegalArgumentException(
            "%s and %s must be given the same, but differ in %s; start all workers with the same options, data and version"
                .formatted(
                    cluster.name(cluster.task()),
                    cluster.name(other),
                    String.join(", ", differences)));
      }
    }
  }

  /** What the first worker says, which it passes here itself. */
  String fromFirst(String text) {
    if (cluster.task() == 0) {
      peers.keySet().forEach(other -> send(other, Message.of(Message.Kind.TOLD, text)));
      return text;
    }
    return await(
        () -> {
          String said = told;
          told = null;
          return said;
        });
  }

  void tellFirst(String note) {
    send(0, Message.of(Message.Kind.NOTE, note));
  }

  /** The next {@code count} notes, in the order in which they came. */
  List<String> notes(int count) {
    return count == 0
        ? List.of()
        : await(
            () -> {
              if (notes.size() < count) {
                return null;
              }
              List<String> next = List.copyOf(notes.subList(0, count));
              notes.subList(0, count).clear();
              return next;
            });
  }

  /** Says goodbye: done, or lost by {@code failure}. */
  void leave(@Nullable Throwable failure) {
    synchronized (this) {
      closed = true;
    }
    Message goodbye =
        failure == null
            ? new Message(Message.Kind.DONE, cluster.task(), 0, null, null)
            : Message.lost(cluster.task(), "stopped: " + failure.getMessage());
    peers.keySet().forEach(other -> send(other, goodbye));
  }

  /** Which worker is lost, waiting for the news if need be. */
  @Nullable Lost lost(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (this) {
      while (lost == null && System.nanoTime() < deadline) {
        try {
          wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
      }
      return lost;
    }
  }

  /** What is thrown when a worker is lost. */
  WorkerLostException exception(Lost gone, @Nullable Throwable cause) {
    return new WorkerLostException(
        gone.worker(),
        "%s %s; the others stop too. Mend that, then resume the run, with this or another number of workers"
            .formatted(cluster.name(gone.worker()), gone.how()),
        cause);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    heart.shutdownNow();
    peers.values().forEach(Peer::close);
  }

  /** Waits for {@code wanted}, or for bad news. */
  private synchronized <T> T await(Supplier<@Nullable T> wanted) {
    while (true) {
      T found = wanted.get();
      if (found != null) {
        return found;
      }
      if (lost != null) {
        throw exception(lost, null);
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KindredException("interrupted while waiting for another worker", e);
      }
    }
  }

  private void send(int other, Message message) {
    Peer peer = peers.get(other);
    try {
      if (peer != null) {
        peer.send(message);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be told {}", cluster.name(other), message.kind(), e);
    }
  }

  private void beat() {
    Message alive;
    synchronized (this) {
      alive = Message.alive(step);
    }
    peers.keySet().forEach(other -> send(other, alive));
    stalled();
  }

  /** Whether this worker has waited too long for one that is behind. */
  private void stalled() {
    Lost behind = null;
    synchronized (this) {
      if (System.nanoTime() - stepSince > options.stall().toNanos()) {
        for (Map.Entry<Integer, Long> other : steps.entrySet()) {
          if (other.getValue() < step) {
            behind =
                new Lost(
                    other.getKey(),
                    "answers, but has not come to step %d for %d s"
                        .formatted(step, options.stall().toSeconds()));
          }
        }
      }
    }
    if (behind != null) {
      lose(behind);
    }
  }

  private void listen(int other, Peer peer) {
    Thread thread = new Thread(() -> hear(other, peer), "kindred-hear-" + other);
    thread.setDaemon(true);
    thread.start();
  }

  private void hear(int other, Peer peer) {
    try {
      peer.patience(options.silence());
      while (true) {
        Message message = peer.receive();
        synchronized (this) {
          take(other, message);
          notifyAll();
        }
        if (message.kind() == Message.Kind.LOST) {
          lose(new Lost(message.worker(), String.valueOf(message.text())));
        }
      }
    } catch (SocketTimeoutException e) {
      lose(
          new Lost(
              other,
              "has not been heard of for %d s: it hangs, or the network to it is cut"
                  .formatted(options.silence().toSeconds())));
    } catch (IOException e) {
      lose(new Lost(other, "ended without a word (%s)".formatted(e.getMessage())));
    }
  }

  private void take(int other, Message message) {
    switch (message.kind()) {
      case ALIVE -> steps.put(other, message.step());
      case SETTINGS -> settings.put(other, message);
      case TOLD -> told = Objects.requireNonNull(message.text());
      case NOTE -> notes.add(Objects.requireNonNull(message.text()));
      case DONE -> done.add(other);
      default -> LOG.debug("{} says {}", cluster.name(other), message.kind());
    }
  }

  /**
   * The first loss counts. The others are told before this process knows it: once it does it may
   * end, and would be taken for the lost one.
   */
  private void lose(Lost gone) {
    synchronized (this) {
      if (closed || losing || done.contains(gone.worker())) {
        return;
      }
      losing = true;
    }
    LOG.debug("{} {}", cluster.name(gone.worker()), gone.how());
    for (int other : peers.keySet()) {
      if (other != gone.worker()) {
        send(other, Message.lost(gone.worker(), gone.how()));
      }
    }
    Runnable action;
    synchronized (this) {
      lost = gone;
      action = whenLost;
      notifyAll();
    }
    action.run();
  }
}
