package dev.kindred.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.nn.Network;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class QueueTest {
  private static final int SIZE = 37;

  @Test
  void keepsTheLatestRowsWhateverTheSizeOfTheBatches() {
    Random random = new Random(5);
    Deque<Float> expected = new ArrayDeque<>();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.TRAINING, 0);
      Queue queue = new Queue(network.scope(), "queue", SIZE, 2);
      Placeholder<TFloat32> latest =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 2)));
      queue.add(latest);
      List<Op> adds = network.replacements(tf, true);
      Operand<TFloat32> soFar = queue.added();
      session.initialize();
      try (Result result = session.runner().fetch(queue.rows()).run()) {
        expected.addAll(firstColumn(result));
      }
      int added = 0;
      for (int batch = 0; batch < 1000; batch++) {
        float[][] rows = new float[1 + random.nextInt(batch < 9 ? 5 : 2 * SIZE)][2];
        for (float[] row : rows) {
          row[0] = random.nextFloat();
          expected.add(row[0]);
          expected.remove();
        }
        try (TFloat32 fed = TFloat32.tensorOf(StdArrays.ndCopyOf(rows))) {
          Session.Runner runner = session.runner().feed(latest, fed);
          adds.forEach(runner::addTarget);
          runner.run().close();
        }
        try (Result result = session.runner().fetch(queue.rows()).run()) {
          assertThat(firstColumn(result)).containsExactlyElementsOf(expected);
        }
        added = Math.min(SIZE, added + rows.length);
        try (Result result = session.runner().fetch(soFar).run()) {
          assertThat(firstColumn(result))
              .containsExactlyElementsOf(List.copyOf(expected).subList(SIZE - added, SIZE));
        }
      }
    }
  }

  private static List<Float> firstColumn(Result result) {
    return Arrays.stream(StdArrays.array2dCopyOf((TFloat32) result.get(0)))
        .map(row -> row[0])
        .toList();
  }
}
