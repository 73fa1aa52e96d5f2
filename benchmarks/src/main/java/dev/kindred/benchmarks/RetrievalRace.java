package dev.kindred.benchmarks;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.HnswComparison;
import dev.kindred.evaluation.HnswIndex;
import dev.kindred.evaluation.Knn;
import dev.kindred.evaluation.Relevance;
import dev.kindred.evaluation.Retrieval;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What retrieval costs: all metrics over the whole ranking and the nearest neighbours' votes, with
 * the memory that they take; and what HNSW finds, and how quickly, beside exact search. The vectors
 * are {@link ClusteredVectors}, or real ones from a file, of which the last rows are the queries.
 * The peaks of memory count from the start of the process, and are printed before HNSW.
 */
@Command(name = "retrieval")
public final class RetrievalRace implements Runnable {
  @Option(names = "--rows", paramLabel = "COUNT")
  private int rows = 50_000;

  @Option(names = "--queries", paramLabel = "COUNT")
  private int queries = 10_000;

  @Option(names = "--dimension")
  private int dimension = 512;

  @Option(names = "--classes")
  private int classes = 10;

  @Option(names = "--groups", paramLabel = "GROUPS_A_CLASS")
  private int groups = 20;

  @Option(names = "--seed")
  private long seed;

  @Option(names = "--embeddings", paramLabel = "X.npy")
  private @Nullable Path embeddings;

  @Option(names = "-k", paramLabel = "NEIGHBOURS")
  private int k = 10;

  @Option(names = "--ef", split = ",", paramLabel = "CANDIDATES")
  private int[] candidates = {HnswIndex.DEFAULT_EF};

  @Option(names = "--hnsw-queries", paramLabel = "COUNT")
  private int hnswQueries = 1000;

  @Option(names = "--no-metrics")
  private boolean noMetrics;

  @Option(names = "--no-hnsw")
  private boolean noHnsw;

  private final PrintStream out = System.out;

  private RetrievalRace() {}

  /** Runs the measurements; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new RetrievalRace(), arguments));
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    Embeddings bank;
    Embeddings asked;
    if (embeddings == null) {
      ClusteredVectors vectors = new ClusteredVectors(classes, groups, dimension, seed);
      bank = vectors.rows(rows, "row", 0);
      asked = vectors.rows(queries, "query", 1);
    } else {
      Embeddings all = EmbeddingFiles.read(embeddings);
      int last = Math.min(queries, all.size() / 2);
      bank = all.select(IntStream.range(0, all.size() - last).toArray());
      asked = all.select(IntStream.range(all.size() - last, all.size()).toArray());
    }
    out.printf(
        "%d queries, %d rows, %d numbers each%n", asked.size(), bank.size(), bank.dimension());
    if (!noMetrics) {
      metrics(asked, bank);
    }
    if (!noHnsw) {
      hnsw(asked, bank);
    }
  }

  private void metrics(Embeddings asked, Embeddings bank) {
    double found =
        Contestant.seconds(
            () -> Retrieval.of(asked, bank, Relevance.sameClass()).lines().forEach(out::println));
    double voted =
        Contestant.seconds(
            () ->
                out.printf(
                    Locale.ROOT,
                    "kNN accuracy %.4f%n",
                    Knn.defaults().evaluate(bank, asked).accuracy()));
    out.printf(
        Locale.ROOT,
        "all metrics %.1f s, kNN %.1f s, together %.1f s; peak heap %d MiB, peak resident %d MiB%n",
        found,
        voted,
        found + voted,
        peakHeap() >> 20,
        Machine.peakResidentBytes() >> 20);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(RetrievalRace::peak)
        .sum();
  }

  private static long peak(MemoryPoolMXBean pool) {
    return pool.getPeakUsage().getUsed();
  }

  private void hnsw(Embeddings asked, Embeddings bank) {
    float[][] some = Arrays.copyOf(asked.vectors(), Math.min(hnswQueries, asked.size()));
    for (int ef : candidates) {
      HnswComparison[] comparison = new HnswComparison[1];
      double seconds =
          Contestant.seconds(
              () -> comparison[0] = HnswComparison.of(bank, some, k, Math.max(k, ef)));
      comparison[0].lines().forEach(out::println);
      out.printf(Locale.ROOT, "%.1f s with building%n", seconds);
    }
  }
}
