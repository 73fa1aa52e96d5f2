package dev.kindred.distributed;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which processes train together, and which of them this is.
 *
 * @param workers where each answers the others' roll call, as {@code host:port}, in one order at
 *     all of them; the first one writes what the run leaves
 * @param task this one's place among them, from 0
 */
public record Cluster(List<String> workers, int task) {
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s]+):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String CHIEF = "chief";
  private static final String WORKER = "worker";

  /**
   * Checks the addresses.
   *
   * @throws IllegalArgumentException if there are none, one is no address, two are equal, or the
   *     task is outside
   */
  public Cluster {
    workers = List.copyOf(workers);
    Require.atLeastOne("number of workers", workers.size());
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < workers.size(); i++) {
      String address = workers.get(i);
      Require.that(isAddress(address), "worker " + i, "host:port, such as 10.0.0.1:4000", address);
      Integer other = seen.putIfAbsent(address.toLowerCase(Locale.ROOT), i);
      if (other != null) {
        throw new IllegalArgumentException(
            "worker %d: each worker needs its own host:port, but %s is also that of worker %d"
                .formatted(i, address, other));
      }
    }
    if (task < 0 || task >= workers.size()) {
      throw new IllegalArgumentException(
          "task must be in [0, %d), a place among the %d workers, was %d"
              .formatted(workers.size(), workers.size(), task));
    }
  }

  /** These workers, of which this is the one at {@code task}. */
  public static Cluster of(List<String> workers, int task) {
    return new Cluster(workers, task);
  }

  /**
   * What the environment variable {@code TF_CONFIG} says, as Kubeflow and tf.distribute set it:
   * {@code {"cluster": {"chief": [...], "worker": [...]}, "task": {"type": "worker", "index": 0}}}.
   * A chief comes before the workers.
   *
   * @throws IllegalArgumentException if it is not that, or this task is none that trains
   */
  public static Cluster ofTfConfig(String json) {
    Map<String, Object> config = parsed(json);
    Map<?, ?> cluster = object(config, "cluster");
    Map<?, ?> task = object(config, "task");
    List<String> chiefs = addresses(cluster, CHIEF);
    List<String> workers = new ArrayList<>(chiefs);
    workers.addAll(addresses(cluster, WORKER));
    String type = String.valueOf(task.get("type"));
    if (!type.equals(CHIEF) && !type.equals(WORKER)) {
      throw new IllegalArgumentException(
          "TF_CONFIG: task.type must be chief or worker, was %s; Kindred trains without parameter servers and evaluators, leave them out"
              .formatted(type));
    }
    if (!(task.get("index") instanceof Integer index)) {
      throw new IllegalArgumentException(
          "TF_CONFIG: task.index must be a number, was " + task.get("index"));
    }
    int size = addresses(cluster, type).size();
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "TF_CONFIG: task.index must be in [0, %d), for cluster.%s has %d, was %d"
              .formatted(size, type, size, index));
    }
    return new Cluster(workers, type.equals(CHIEF) ? index : chiefs.size() + index);
  }

  /**
   * As many addresses on this machine, of ports that are free.
   *
   * @throws KindredException if there are none
   */
  public static List<String> localAddresses(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK)));
      }
      List<String> addresses =
          held.stream().map(port -> LOOPBACK + ":" + port.getLocalPort()).toList();
      for (ServerSocket port : held) {
        port.close();
      }
      return addresses;
    } catch (IOException e) {
      throw new KindredException("no ports are free for %d workers".formatted(count), e);
    }
  }

  /** This worker's address. */
  public String address() {
    return workers.get(task);
  }

  /** How a message calls a worker: {@code worker 1 of 3 (10.0.0.2:4000)}. */
  String name(int worker) {
    return "worker %d of %d (%s)".formatted(worker, workers.size(), workers.get(worker));
  }

  /** The host of a worker, without the brackets of IPv6. */
  String host(int worker) {
    String host = group(workers.get(worker), 1);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port(int worker) {
    return Integer.parseInt(group(workers.get(worker), 2));
  }

  /** How many workers are on this one's host. */
  int neighbours() {
    int count = 0;
    for (int i = 0; i < workers.size(); i++) {
      count += host(i).equals(host(task)) ? 1 : 0;
    }
    return count;
  }

  private static boolean isAddress(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    int port = Integer.parseInt(matcher.group(2));
    return port >= 1 && port <= LAST_PORT;
  }

  private static String group(String address, int group) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      throw new IllegalStateException(address);
    }
    return matcher.group(group);
  }

  private static Map<String, Object> parsed(String json) {
    try {
      return Json.parse(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "TF_CONFIG must be a JSON object with cluster and task (%s); set it right, or unset it"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Map<?, ?> object(Map<?, ?> config, String key) {
    if (config.get(key) instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException(
        "TF_CONFIG: %s must be an object, was %s".formatted(key, config.get(key)));
  }

  private static List<String> addresses(Map<?, ?> cluster, String kind) {
    Object found = cluster.get(kind);
    if (found == null) {
      return List.of();
    }
    if (found instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw new IllegalArgumentException(
        "TF_CONFIG: cluster.%s must be a list of host:port, was %s".formatted(kind, found));
  }
}
