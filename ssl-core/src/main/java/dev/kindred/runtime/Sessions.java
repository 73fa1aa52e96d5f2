package dev.kindred.runtime;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** TensorFlow sessions as this library uses them. */
public final class Sessions {
  private Sessions() {}

  /** A session in float32 on all processors; the caller closes it. */
  public static Session open(Graph graph) {
    return open(graph, Precision.FLOAT32);
  }

  /** A session at {@code precision} on all processors; the caller closes it. */
  public static Session open(Graph graph, Precision precision) {
    return new Session(graph, config(precision));
  }

  /**
   * A session of one thread in float32, for networks so small that handing work around costs more
   * than doing it; the caller closes it.
   */
  public static Session small(Graph graph) {
    return new Session(
        graph,
        config(Precision.FLOAT32).toBuilder()
            .setIntraOpParallelismThreads(1)
            .setInterOpParallelismThreads(1)
            .build());
  }

  /** What a session at {@code precision} is configured by. */
  public static ConfigProto config(Precision precision) {
    RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
    precision.configure(rewriter);
    return ConfigProto.newBuilder()
        .setAllowSoftPlacement(true)
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter))
        .build();
  }
}
