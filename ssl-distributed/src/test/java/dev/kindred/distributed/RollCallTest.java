package dev.kindred.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The roll call alone, without TensorFlow. */
class RollCallTest {
  private static final WorkerOptions SHORT =
      WorkerOptions.defaults()
          .withJoin(Duration.ofSeconds(3))
          .withSilence(Duration.ofSeconds(2))
          .withStall(Duration.ofSeconds(2));

  @Test
  void allHearWhatTheFirstSaysAndTheFirstHearsAll() {
    List<String> addresses = Cluster.localAddresses(3);
    List<Crew.Ending<List<String>>> endings =
        Crew.each(
            3,
            task -> {
              try (RollCall call = joined(addresses, task)) {
                String said = call.fromFirst("from " + task);
                if (task > 0) {
                  call.tellFirst("note of " + task);
                }
                List<String> heard = task == 0 ? new ArrayList<>(call.notes(2)) : new ArrayList<>();
                heard.add(said);
                call.leave(null);
                return heard;
              }
            });
    assertThat(endings).allSatisfy(one -> assertThat(one.failure()).isNull());
    assertThat(endings.get(0).value())
        .containsExactlyInAnyOrder("note of 1", "note of 2", "from 0");
    assertThat(endings.get(2).value()).containsExactly("from 0");
  }

  /** Many times, for whoever finds out first stops first, and says so. */
  @RepeatedTest(10)
  void namesTheKeysThatDiffer() {
    List<String> addresses = Cluster.localAddresses(3);
    List<Crew.Ending<String>> endings =
        Crew.each(
            3,
            task -> {
              try (RollCall call = joined(addresses, task)) {
                try {
                  call.requireSame(
                      Map.of("epochs", task == 2 ? 20 : 10, "optimizer", Map.of("momentum", 0.9)));
                } catch (RuntimeException e) {
                  call.leave(e);
                  throw e;
                }
                return "same";
              }
            });
    assertThat(endings)
        .allSatisfy(
            one ->
                assertThat(one.failure())
                    .hasMessageContaining("worker 2 of 3")
                    .hasMessageContaining("epochs (")
                    .hasMessageNotContaining("optimizer"));
  }

  /** Many times, for whoever learns of it first ends first. */
  @RepeatedTest(20)
  void oneThatDiesIsNamedByAllOthers() {
    List<String> addresses = Cluster.localAddresses(3);
    List<Crew.Ending<String>> endings =
        Crew.each(
            3,
            task -> {
              RollCall call = joined(addresses, task);
              if (task == 1) {
                call.close(); // without a word
                return "dead";
              }
              RollCall.Lost lost = Objects.requireNonNull(call.lost(20_000));
              call.close();
              return String.valueOf(call.exception(lost, null).getMessage());
            });
    assertThat(endings.get(0).value())
        .contains("worker 1 of 3")
        .contains("ended without a word")
        .contains("resume");
    assertThat(endings.get(2).value()).contains("worker 1 of 3");
  }

  @Test
  void oneThatLeavesInOrderIsNotLost() {
    List<String> addresses = Cluster.localAddresses(2);
    List<Crew.Ending<Boolean>> endings =
        Crew.each(
            2,
            task -> {
              try (RollCall call = joined(addresses, task)) {
                if (task == 1) {
                  call.leave(null);
                  return true;
                }
                return call.lost(1000) == null;
              }
            });
    assertThat(endings.get(0).value()).isTrue();
  }

  @Test
  void oneThatFailsSaysWhy() {
    List<String> addresses = Cluster.localAddresses(2);
    List<Crew.Ending<String>> endings =
        Crew.each(
            2,
            task -> {
              try (RollCall call = joined(addresses, task)) {
                if (task == 1) {
                  call.leave(new KindredException("the disk is full"));
                  return "";
                }
                return Objects.requireNonNull(call.lost(10_000)).how();
              }
            });
    assertThat(endings.get(0).value()).isEqualTo("stopped: the disk is full");
  }

  @Test
  void silenceIsTheEndOfAWorker() throws IOException, InterruptedException {
    List<String> addresses = Cluster.localAddresses(2);
    CountDownLatch acted = new CountDownLatch(1);
    try (Played played = Played.of(addresses);
        RollCall call = played.call()) {
      call.whenLost(acted::countDown);
      assertThat(acted.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Objects.requireNonNull(call.lost(0)))
          .satisfies(
              lost -> {
                assertThat(lost.worker()).isEqualTo(1);
                assertThat(lost.how()).contains("not been heard of for 2 s");
              });
    }
  }

  @Test
  void oneThatAnswersButDoesNotMoveIsLost() throws Exception {
    List<String> addresses = Cluster.localAddresses(2);
    try (Played played = Played.of(addresses);
        RollCall call = played.call()) {
      call.at(7);
      for (int i = 0; i < 8 && call.lost(500) == null; i++) {
        played.peer().send(Message.alive(6));
      }
      assertThat(Objects.requireNonNull(call.lost(0)).how()).contains("has not come to step 7");
    }
  }

  @Test
  void whoNeverComesIsNamed() {
    List<String> addresses = Cluster.localAddresses(3);
    assertThatExceptionOfType(WorkerLostException.class)
        .isThrownBy(() -> joined(addresses, 0))
        .withMessageContaining("worker 1 of 3 (" + addresses.get(1))
        .withMessageContaining("worker 2 of 3 (" + addresses.get(2))
        .withMessageContaining("has not come within 3 s")
        .satisfies(e -> assertThat(e.worker()).isEqualTo(1));
  }

  @Test
  void otherWorkersInTheListAreRefusedOnBothSides() {
    List<String> addresses = Cluster.localAddresses(2);
    List<String> others = List.of(addresses.get(0), addresses.get(1), "127.0.0.1:9");
    List<Crew.Ending<String>> endings =
        Crew.each(
            2,
            task -> {
              joined(task == 0 ? addresses : others, task).close();
              return "";
            });
    assertThat(endings)
        .allSatisfy(
            one ->
                assertThat(one.failure())
                    .hasMessageContaining("started with the workers")
                    .hasMessageContaining("same order"));
  }

  @Test
  void aSecondProcessWithOneTaskIsRefused() throws IOException {
    List<String> addresses = Cluster.localAddresses(3);
    Thread host = new Thread(() -> assertThatThrownBy(() -> joined(addresses, 0)).isNotNull());
    host.start();
    try (Peer first = new Peer(caller(addresses.get(0)));
        Peer second = new Peer(caller(addresses.get(0)))) {
      first.send(Message.hello(1, addresses, "c"));
      assertThat(first.receive().kind()).isEqualTo(Message.Kind.HELLO);
      second.send(Message.hello(1, addresses, "c"));
      Message answer = second.receive();
      assertThat(answer.kind()).isEqualTo(Message.Kind.REFUSED);
      assertThat(answer.text()).contains("a second process was started as worker 1");
    }
  }

  @Test
  void strangersAreIgnored() throws Exception {
    List<String> addresses = Cluster.localAddresses(2);
    List<Crew.Ending<String>> endings =
        Crew.each(
            3,
            place -> {
              if (place == 2) {
                try (Socket scanner = caller(addresses.get(0))) {
                  scanner
                      .getOutputStream()
                      .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                }
                return "";
              }
              TimeUnit.MILLISECONDS.sleep(place * 300L);
              try (RollCall call = joined(addresses, place)) {
                String said = call.fromFirst("here");
                call.leave(null);
                return said;
              }
            });
    assertThat(endings.get(1).value()).isEqualTo("here");
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThatExceptionOfType(KindredException.class)
          .isThrownBy(() -> joined(List.of(address, "127.0.0.1:9"), 0))
          .withMessageContaining("worker 0 of 2 (" + address)
          .withMessageContaining("another program has the port");
    }
  }

  @Test
  void aLineWithoutEndIsNoMessage() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket flood = new Socket(door.getInetAddress(), door.getLocalPort());
        Peer peer = new Peer(door.accept())) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  byte[] block = new byte[1 << 20];
                  for (int i = 0; i < 20; i++) {
                    flood.getOutputStream().write(block);
                  }
                } catch (IOException e) {
                  // The reader has had enough.
                }
              });
      writer.start();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(peer::receive)
          .withMessageContaining("more than 16777216 bytes");
    }
  }

  private static RollCall joined(List<String> addresses, int task) {
    Cluster cluster = Cluster.of(addresses, task);
    Map<Integer, Peer> peers = new HashMap<>();
    try (Assembly assembly = new Assembly(cluster, SHORT, "channel" + task)) {
      assembly.assemble().forEach((other, arrived) -> peers.put(other, arrived.peer()));
    }
    return new RollCall(cluster, SHORT, peers);
  }

  /**
   * Worker 0 of two, and the other, whom the test plays.
   *
   * @param call worker 0
   * @param peer worker 1's end
   */
  private record Played(RollCall call, Peer peer) implements AutoCloseable {
    static Played of(List<String> addresses) throws IOException {
      CompletableFuture<RollCall> joining =
          CompletableFuture.supplyAsync(() -> joined(addresses, 0));
      Peer peer = new Peer(caller(addresses.get(0)));
      peer.send(Message.hello(1, addresses, "channel"));
      return new Played(joining.join(), peer);
    }

    @Override
    public void close() {
      peer.close();
    }
  }

  /** A connection that is made as soon as somebody listens. */
  private static Socket caller(String address) throws IOException {
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    for (int i = 0; ; i++) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        return socket;
      } catch (IOException e) {
        socket.close();
        if (i == 200) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }
}
