package dev.kindred.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.apache.spark.BarrierTaskContext;

/**
 * The tasks of a barrier stage, met: each knows where all can be reached, in one order, and which
 * of them it is. What starts distributed training needs just that.
 *
 * <p>A port is chosen by holding it open. {@link #close} lets go of it, and whatever serves there
 * binds it at once after: a port that is free may be taken by anybody.
 */
final class Meeting implements AutoCloseable {
  private final ServerSocket port;
  private final List<String> workers;
  private final int index;

  private Meeting(ServerSocket port, List<String> workers, int index) {
    this.port = port;
    this.workers = workers;
    this.index = index;
  }

  /** Meets the other tasks of this stage; returns when all have come. */
  static Meeting join(BarrierTaskContext task) {
    String host = host(task.getTaskInfos()[task.partitionId()].address());
    ServerSocket port = freePort(host);
    try {
      List<String> workers = List.of(task.allGather(host + ":" + port.getLocalPort()));
      return new Meeting(port, workers, task.partitionId());
    } catch (RuntimeException e) { // such as that another task failed
      closed(port);
      throw e;
    }
  }

  /** Where each task can be reached, {@code host:port}, in the order of their partitions. */
  List<String> workers() {
    return workers;
  }

  /** Which of the {@link #workers} this task is. */
  int index() {
    return index;
  }

  /** Lets go of this task's port; may be called twice. */
  @Override
  public void close() {
    closed(port);
  }

  /** An address without its port; those of IPv6 have colons and keep their brackets. */
  static String host(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }

  private static ServerSocket freePort(String host) {
    try {
      return new ServerSocket(0, 1, InetAddress.getByName(host));
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + host, e);
    }
  }

  private static void closed(ServerSocket port) {
    try {
      port.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
