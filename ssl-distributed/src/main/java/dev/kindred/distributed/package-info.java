/**
 * Pretraining over several processes, on one machine or many. TensorFlow's own gRPC runtime and its
 * collective operations carry gradients and embeddings; a roll call beside it knows who is there.
 *
 * <pre>{@code
 * Cluster cluster = Cluster.of(List.of("10.0.0.1:4000", "10.0.0.2:4000"), task);
 * try (Workers workers = Workers.join(cluster, WorkerOptions.defaults().onNetwork())) {
 *   Pretraining.of(SimClr.defaults()).data(photos).views(views).encoder(encoder)
 *       .batchSize(512).workers(workers).out(run).run();
 * }
 * }</pre>
 *
 * <p>TensorFlow's channel is neither authenticated nor encrypted, and listens on all of a machine's
 * interfaces: whoever reaches it can run what they like as this process. Only machines that trust
 * each other may reach its port.
 */
@NullMarked
package dev.kindred.distributed;

import org.jspecify.annotations.NullMarked;
