package dev.kindred.distributed;

import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Precision;
import dev.kindred.runtime.Sessions;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Server;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.JobDef;
import org.tensorflow.proto.ServerDef;

/**
 * TensorFlow's gRPC server of this process, and sessions on it. The one place that reaches behind
 * TensorFlow Java's public interface, which has no sessions with a target.
 *
 * <p>TensorFlow cannot stop such a server: it stays until the process ends.
 */
final class GrpcRuntime {
  private static final String JOB = "worker";
  private static final String LEADER = "/job:%s/replica:0/task:0".formatted(JOB);

  private final String target;
  private final int task;
  private final int threads;

  /** The newest session's native handle, which {@link #cancel} closes under whoever waits in it. */
  private @Nullable TF_Session latest;

  /**
   * Starts the server.
   *
   * @param channels where each worker's server listens
   * @param task which of them this is
   * @param threads how many threads an operation may use
   * @throws KindredException if the port is taken
   */
  GrpcRuntime(List<String> channels, int task, int threads) {
    this.task = task;
    this.threads = threads;
    target = "grpc://" + channels.get(task);
    JobDef.Builder job = JobDef.newBuilder().setName(JOB);
    for (int i = 0; i < channels.size(); i++) {
      job.putTasks(i, channels.get(i));
    }
    ServerDef definition =
        ServerDef.newBuilder()
            .setCluster(ClusterDef.newBuilder().addJob(job))
            .setJobName(JOB)
            .setTaskIndex(task)
            .setProtocol("grpc")
            .setDefaultSessionConfig(config(Precision.FLOAT32))
            .build();
    try {
      new Server(definition).start();
    } catch (TensorFlowException e) {
      throw new KindredException(
          "worker %d: TensorFlow cannot listen at %s (%s); another program has taken the port, start again"
              .formatted(task, channels.get(task), e.getMessage()),
          e);
    }
  }

  /** A session on the server; the caller closes it. */
  synchronized Session open(Graph graph, Precision precision) {
    try {
      return opened(graph, config(precision));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "TensorFlow Java has changed inside; this version of Kindred is for TensorFlow Java 1.1.0",
          e);
    }
  }

  /** Ends whatever runs in the newest session, which can be used no more. */
  synchronized void cancel() {
    if (latest != null) {
      try (PointerScope scope = new PointerScope()) {
        tensorflow.TF_CloseSession(latest, TF_Status.newStatus());
      }
    }
  }

  synchronized void close(Session session) {
    latest = null;
    session.close();
  }

  private Session opened(Graph graph, ConfigProto config) throws ReflectiveOperationException {
    Method reference = Graph.class.getDeclaredMethod("ref");
    reference.setAccessible(true);
    Constructor<Session> constructor =
        Session.class.getDeclaredConstructor(Graph.class, TF_Session.class);
    constructor.setAccessible(true);
    try (AutoCloseable held = (AutoCloseable) reference.invoke(graph)) {
      Method handle = held.getClass().getMethod("nativeHandle");
      handle.setAccessible(true);
      TF_Session session = session((TF_Graph) handle.invoke(held), config);
      latest = session;
      return constructor.newInstance(graph, session);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private TF_Session session(TF_Graph graph, ConfigProto config) {
    byte[] bytes = config.toByteArray();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      tensorflow.TF_SetTarget(options, target);
      tensorflow.TF_SetConfig(options, new BytePointer(bytes), bytes.length, status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(graph, options, status);
      status.throwExceptionIfNotOK();
      return session.retainReference();
    }
  }

  /** Variables are a session's own, and no session asks other workers for devices. */
  private ConfigProto config(Precision precision) {
    return Sessions.config(precision).toBuilder()
        .setIsolateSessionState(true)
        .setIntraOpParallelismThreads(threads)
        .addDeviceFilters("/job:%s/task:%d".formatted(JOB, task))
        .setExperimental(ConfigProto.Experimental.newBuilder().setCollectiveGroupLeader(LEADER))
        .build();
  }
}
