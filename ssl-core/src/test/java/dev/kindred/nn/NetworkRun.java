package dev.kindred.nn;

import java.util.List;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Builds a network and runs it once. */
final class NetworkRun {
  private NetworkRun() {}

  /** The flattened outputs of {@code build} in a fresh network, after {@code assigns} have run. */
  static float[] of(
      Network.Mode mode, Function<Network, Operand<TFloat32>> build, Prepare prepare) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, mode, 3);
      Operand<TFloat32> output = build.apply(network);
      List<? extends Op> prepared = prepare.ops(tf, network);
      session.initialize();
      if (!prepared.isEmpty()) {
        Session.Runner runner = session.runner();
        prepared.forEach(runner::addTarget);
        runner.run().close();
      }
      return fetch(session, output);
    }
  }

  /** What to run before the output is read. */
  interface Prepare {
    Prepare NOTHING = (tf, network) -> List.of();

    List<? extends Op> ops(Ops tf, Network network);
  }

  private static float[] fetch(Session session, Operand<TFloat32> output) {
    try (Result result = session.runner().fetch(output).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }
}
