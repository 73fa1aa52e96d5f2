package dev.kindred.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.Event;
import org.tensorflow.types.TString;

class TensorBoardEventsTest {
  @TempDir private Path folder;

  @Test
  void writesWhatTensorFlowsOwnRecordReaderReads() throws IOException {
    writeSomeSteps();
    Path file = eventFile();
    int records = 0;
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var reader = tf.io.tfRecordReader();
      var queue =
          tf.io.fifoQueue(List.of(TString.class), org.tensorflow.op.io.FifoQueue.capacity(1L));
      var enqueue = tf.io.queueEnqueue(queue, List.of(tf.constant(file.toString())));
      var close = tf.io.queueClose(queue);
      var read = tf.io.readerRead(reader, queue);
      session.runner().addTarget(enqueue).run().close();
      session.runner().addTarget(close).run().close();
      while (records < expectedEvents().size()) {
        try (Result result = session.runner().fetch(read.value()).run()) {
          assertThat(((TString) result.get(0)).asBytes().getObject()).isNotEmpty();
          records++;
        }
      }
    }
    assertThat(records).isEqualTo(expectedEvents().size());
  }

  @Test
  void holdsTheNumbersOfEveryTenthStepAndEveryEpoch() throws IOException {
    writeSomeSteps();
    List<Event> events = expectedEvents();
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events).extracting(Event::getStep).containsExactly(0L, 1L, 10L, 20L, 20L);
    assertThat(events.get(2).getSummary().getValueList())
        .anySatisfy(
            value -> {
              assertThat(value.getTag()).isEqualTo("step/loss");
              assertThat(value.getSimpleValue()).isEqualTo(0.1f);
            });
    assertThat(events.get(4).getSummary().getValueList())
        .extracting(value -> value.getTag())
        .contains("epoch/loss", "epoch/knn_accuracy");
  }

  private void writeSomeSteps() {
    try (TrainingListener events =
        new TensorBoardEvents(
            java.time.Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC))) {
      events.onStart(new RunStart(folder, "point", 0, 20, 8, java.util.Optional.empty()));
      for (int step = 1; step <= 20; step++) {
        events.onStep(
            new StepReport(step, 20, 1, 1, 1f / step, Map.of("extra", 2f), 0.1f, 8, 0.01));
      }
      events.onEpoch(new EpochReport(1, 20, 0.5, 800, Map.of("knn_accuracy", 0.25)));
    }
  }

  private Path eventFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private List<Event> expectedEvents() throws IOException {
    List<Event> events = new ArrayList<>();
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(eventFile())));
    while (in.available() > 0) {
      int length = Math.toIntExact(Long.reverseBytes(in.readLong()));
      in.readInt();
      events.add(Event.parseFrom(in.readNBytes(length)));
      in.readInt();
    }
    return events;
  }
}
