package dev.kindred.spark;

import dev.kindred.distributed.Cluster;
import dev.kindred.distributed.WorkerOptions;
import dev.kindred.distributed.Workers;
import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Pretraining on Spark's executors: a barrier stage whose tasks find each other and train together.
 * Spark starts and places the workers; what they exchange goes over TensorFlow's own channel.
 *
 * <pre>{@code
 * SparkTraining.run(session, 4, WorkerOptions.defaults().onNetwork(), workers -> {
 *   try (var photos = ImageSources.open("tar:/shared/photos-*.tar", Split.TRAIN)) {
 *     Pretraining<?, ?> training = Pretraining.of(SimClr.defaults()).data(photos)
 *         .views(views).encoder(encoder).batchSize(512).workers(workers).out(run);
 *     if (Files.exists(run)) training.resume(); else training.run();
 *   }
 * });
 * }</pre>
 *
 * <p>Spark runs all tasks of the stage again when one fails, as often as {@code
 * spark.stage.maxConsecutiveAttempts} says; a training that resumes what is there then loses the
 * steps since its last checkpoint only.
 */
public final class SparkTraining {
  private SparkTraining() {}

  /** What each worker does; it and all it holds must be serializable. */
  @FunctionalInterface
  public interface Training extends Serializable {
    /**
     * Trains as one of {@code workers}, with the same settings at each.
     *
     * @throws Exception what Spark fails the stage with
     */
    void run(Collectives workers) throws Exception;
  }

  /** A task's body, in Spark's terms. */
  private interface Task extends Function1<Iterator<Integer>, Iterator<Integer>>, Serializable {}

  /**
   * Trains in {@code workers} tasks, which must all have room at once.
   *
   * @param options workers on several hosts need {@link WorkerOptions#onNetwork}
   * @throws KindredException if a worker is lost or a training fails, once Spark gives up
   */
  public static void run(
      SparkSession session, int workers, WorkerOptions options, Training training) {
    Require.atLeastOne("workers", workers);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    ClassTag<Integer> numbers = ClassTag.apply(Integer.class);
    Task task = rows -> CollectionConverters.asScala(List.of(work(options, training)).iterator());
    try {
      context
          .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
          .rdd()
          .barrier()
          .mapPartitions(task, false, numbers)
          .toJavaRDD()
          .collect();
    } catch (Exception e) { // Spark's own are checked ones that nothing declares
      throw new KindredException(said(e), e);
    }
  }

  /** Of what failed in a barrier stage Spark keeps the text only, on a line of its own. */
  private static String said(Exception failure) {
    String all = String.valueOf(failure.getMessage());
    return all.lines()
        .filter(line -> line.startsWith("dev.kindred.") && line.contains(": "))
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .findFirst()
        .orElse("Spark gave the training up: " + all.lines().findFirst().orElse(all));
  }

  /** Meets the others and trains; answers which worker this was. */
  private static int work(WorkerOptions options, Training training) {
    Cluster cluster;
    try (Meeting meeting = Meeting.join(BarrierTaskContext.get())) {
      cluster = Cluster.of(meeting.workers(), meeting.index());
    }
    try (Workers workers = Workers.join(cluster, options)) {
      training.run(workers);
      return cluster.task();
    } catch (KindredException e) {
      throw e;
    } catch (Exception e) { // Spark tells the driver of a KindredException in its own words
      throw new KindredException(String.valueOf(e.getMessage()), e);
    }
  }
}
