package dev.kindred.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

@ExtendWith(LocalCluster.class)
class MeetingTest {
  /** What a task says of a meeting: its index, and all workers after it. */
  private interface Task
      extends Function1<Iterator<Integer>, Iterator<String>>, java.io.Serializable {}

  @Test
  void allTasksOfAStageKnowAllInOneOrder() {
    List<String> told = met(LocalCluster.EXECUTORS);

    List<String> workers = List.of(told.get(0).split(" ", -1)).subList(1, 3);
    assertThat(workers).allMatch(worker -> worker.matches("[^:]+:\\d+"));
    assertThat(new HashSet<>(workers)).hasSize(2);
    assertThat(told)
        .isEqualTo(
            IntStream.range(0, 2).mapToObj(i -> i + " " + String.join(" ", workers)).toList());
  }

  @Test
  void aPortIsHeldUntilItsTaskLetsGo() {
    assertThat(met(1).get(0)).startsWith("0 ");
  }

  @Test
  void addressesMayHaveColons() {
    assertThat(Meeting.host("10.0.0.7:40123")).isEqualTo("10.0.0.7");
    assertThat(Meeting.host("[fd00::7]:40123")).isEqualTo("[fd00::7]");
  }

  private static List<String> met(int tasks) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(LocalCluster.session().sparkContext());
    ClassTag<String> strings = ClassTag.apply(String.class);
    Task task = rows -> CollectionConverters.asScala(List.of(told()).iterator());
    return context
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .rdd()
        .barrier()
        .mapPartitions(task, false, strings)
        .toJavaRDD()
        .collect();
  }

  private static String told() {
    try (Meeting meeting = Meeting.join(BarrierTaskContext.get())) {
      String own = meeting.workers().get(meeting.index());
      if (bindable(own)) {
        throw new IllegalStateException(own + " should be held until the meeting is closed");
      }
      meeting.close();
      if (!bindable(own)) {
        throw new IllegalStateException(own + " should be free after the meeting is closed");
      }
      return meeting.index() + " " + String.join(" ", meeting.workers());
    }
  }

  private static boolean bindable(String address) {
    int colon = address.lastIndexOf(':');
    try (ServerSocket socket =
        new ServerSocket(
            Integer.parseInt(address.substring(colon + 1)),
            1,
            InetAddress.getByName(address.substring(0, colon)))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
