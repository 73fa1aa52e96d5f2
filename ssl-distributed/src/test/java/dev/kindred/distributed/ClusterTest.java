package dev.kindred.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {
  @Test
  void aChiefComesBeforeTheWorkers() {
    String json =
        """
        {"cluster": {"worker": ["b:2", "c:3"], "chief": ["a:1"]},
         "task": {"type": "worker", "index": 1}, "environment": "cloud"}""";
    Cluster cluster = Cluster.ofTfConfig(json);
    assertThat(cluster.workers()).containsExactly("a:1", "b:2", "c:3");
    assertThat(cluster.task()).isEqualTo(2);
    assertThat(cluster.name(2)).isEqualTo("worker 2 of 3 (c:3)");
  }

  @Test
  void knowsHostsAndPortsOfBothProtocols() {
    Cluster cluster = Cluster.of(List.of("[::1]:4000", "127.0.0.1:4001", "[::1]:4002"), 0);
    assertThat(cluster.host(0)).isEqualTo("::1");
    assertThat(cluster.port(1)).isEqualTo(4001);
    assertThat(cluster.neighbours()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "no json;JSON object",
        "[];JSON object",
        "{};cluster must be an object",
        "{\"cluster\": {\"worker\": [\"a:1\"]}};task must be an object",
        "{\"cluster\": {\"worker\": \"a:1\"}, \"task\": {\"type\": \"worker\", \"index\": 0}};must be a list",
        "{\"cluster\": {\"worker\": [\"a:1\"]}, \"task\": {\"type\": \"worker\", \"index\": 1}};task.index must be in [0, 1)",
        "{\"cluster\": {\"worker\": [\"a:1\"]}, \"task\": {\"type\": \"worker\", \"index\": \"x\"}};must be a number",
        "{\"cluster\": {\"worker\": [\"a:1\"]}, \"task\": {\"type\": \"ps\", \"index\": 0}};parameter servers"
      })
  void saysWhatIsWrongWithTfConfig(String json, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.ofTfConfig(json))
        .withMessageContaining("TF_CONFIG")
        .withMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({"a", "a:0", "a:70000", "a b:1", ":1", "a:"})
  void refusesWhatIsNoAddress(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.of(List.of(address), 0))
        .withMessageContaining("worker 0 must be host:port");
  }

  @Test
  void refusesTwoWorkersWithOneAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.of(List.of("a:1", "b:1", "A:1"), 0))
        .withMessageContaining("A:1 is also that of worker 0");
  }

  @Test
  void refusesATaskOutside() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.of(List.of("a:1", "b:1"), 2))
        .withMessageContaining("task must be in [0, 2)");
  }

  @Test
  void refusesMachinesBeyondThisOneUnlessAllowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Workers.join(
                    Cluster.of(List.of("127.0.0.1:1", "10.1.2.3:1"), 0), WorkerOptions.defaults()))
        .withMessageContaining("10.1.2.3:1")
        .withMessageContaining("neither authenticated nor encrypted");
  }

  @Test
  void refusesTimesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerOptions.defaults().withSilence(Duration.ofMillis(500)))
        .withMessage("worker timeout must be >= 2 s, was 0.5 s");
  }
}
