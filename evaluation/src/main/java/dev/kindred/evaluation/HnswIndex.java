package dev.kindred.evaluation;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.UnitVectors;
import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Vectors on the disk among which nearly all of the nearest are found without looking at most: a
 * graph of near vectors (HNSW, see {@link HnswSettings}) that is walked towards the query, by
 * Apache Lucene. What it finds has its true cosine, but now and then a nearer row is missed; {@link
 * HnswComparison} tells how often. An index stays as it was opened: rows that are added afterwards
 * are seen by opening it again.
 *
 * <pre>{@code
 * HnswIndex.create(folder, embedder.embed(photos), HnswSettings.defaults());
 * HnswIndex.add(folder, embedder.embed(more));
 * try (HnswIndex index = HnswIndex.open(folder)) {
 *   List<Neighbour> ten = index.nearest(embedder.embed(photo), 10);
 *   String alike = index.className(ten.get(0).row());
 * }
 * }</pre>
 *
 * <p>Ids, labels and vectors of any width are kept, the vectors at length 1 as float32. One thread
 * builds the graph: the same rows in the same portions give the same on a heap of the same size.
 * Creating an index makes the folder whole or not at all; adding is one commit, before which the
 * index stays as it was, even if the process is killed. Nothing is deleted from an index.
 */
public final class HnswIndex implements VectorIndex {
  /** How many candidates a search keeps unless told. */
  public static final int DEFAULT_EF = 100;

  private final Path folder;
  private final DirectoryReader reader;
  private final HnswManifest manifest;
  private final List<String> ids;
  private final int[] labels;

  private HnswIndex(Path folder, DirectoryReader reader, HnswManifest manifest) throws IOException {
    this.folder = folder;
    this.reader = reader;
    this.manifest = manifest;
    this.ids = readIds();
    this.labels = readLabels();
  }

  /**
   * Makes an index.
   *
   * @param folder new or empty; folders above it are made too
   * @throws KindredException if the folder holds something or cannot be written, an id occurs
   *     twice, or a label has no class name
   */
  public static void create(Path folder, Embeddings rows, HnswSettings settings) {
    requireNew(folder);
    HnswManifest manifest =
        new HnswManifest(rows.dimension(), settings, classNames(List.of(), rows));
    WholeFile.folder(folder, made -> write(folder, made, rows, manifest));
  }

  /**
   * Adds rows behind those that are there. Classes are one and the same when their names are.
   *
   * @throws KindredException if the folder is no index, the rows are of another width, an id occurs
   *     twice or is there already, a label has no class name, another process is adding, or the
   *     folder cannot be written
   */
  public static void add(Path folder, Embeddings rows) {
    HnswManifest manifest;
    try (HnswIndex old = open(folder)) {
      Rows.requireSameWidth("index", old.dimension(), "rows to add", rows);
      Set<String> known = new HashSet<>(old.ids);
      rows.ids().stream().filter(known::contains).findFirst().ifPresent(id -> refuse(folder, id));
      manifest =
          new HnswManifest(
              old.dimension(), old.settings(), classNames(old.manifest.classNames(), rows));
    }
    try {
      write(folder, folder, rows, manifest);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  /**
   * Opens an index as it is now; the caller closes it.
   *
   * @throws KindredException if the folder is not there, no such index, or damaged or cut short
   *     where that shows without reading all vectors
   */
  public static HnswIndex open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw noIndex(folder, "there is no such folder");
    }
    DirectoryReader reader = null;
    try {
      reader = DirectoryReader.open(FSDirectory.open(folder));
      HnswManifest manifest = HnswManifest.of(reader.getIndexCommit().getUserData());
      if (manifest == null) {
        throw noIndex(folder, "another program's Lucene index is in it");
      }
      HnswIndex index = new HnswIndex(folder, reader, manifest);
      reader = null;
      return index;
    } catch (IndexNotFoundException e) {
      throw noIndex(folder, "no commit is in it");
    } catch (IOException | IllegalArgumentException e) {
      throw new KindredException(
          "%s: is damaged or cut short, or of another version (%s); build it again, or restore it from a copy"
              .formatted(folder, firstLine(e)),
          e);
    } finally {
      close(reader);
    }
  }

  /**
   * As the method of {@link VectorIndex}, with at least {@link #DEFAULT_EF} candidates.
   *
   * @throws IllegalArgumentException as {@link VectorIndex} says
   * @throws IllegalStateException if the index is closed
   */
  @Override
  public List<List<Neighbour>> nearest(float[][] queries, int k) {
    return nearest(queries, k, Math.max(k, DEFAULT_EF));
  }

  /**
   * The same with more or less effort.
   *
   * @param ef how many candidates the search keeps, at least {@code k}: the more, the fewer near
   *     rows are missed, and the longer it takes
   * @throws IllegalArgumentException as {@link VectorIndex} says, or if {@code ef < k}
   * @throws IllegalStateException if the index is closed
   */
  public List<List<Neighbour>> nearest(float[][] queries, int k, int ef) {
    VectorIndex.requireQueries(queries, k, dimension());
    Require.that(ef >= k, "ef", ">= k, which is " + k, ef);
    if (queries.length == 1) {
      return List.of(search(queries[0], k, ef));
    }
    return Arrays.stream(queries).parallel().map(query -> search(query, k, ef)).toList();
  }

  @Override
  public int size() {
    return ids.size();
  }

  @Override
  public int dimension() {
    return manifest.dimension();
  }

  /** What the graph is built by. */
  public HnswSettings settings() {
    return manifest.settings();
  }

  /**
   * All rows as they were given, in their order, the vectors at length 1: as much memory as they
   * take.
   *
   * @throws IllegalStateException if the index is closed
   */
  public Embeddings rows() {
    float[][] vectors = new float[size()][];
    reading(
        leaf -> {
          FloatVectorValues values = leaf.reader().getFloatVectorValues(HnswWriter.VECTOR);
          for (int row = 0; row < leaf.reader().maxDoc(); row++) {
            values.advance(row);
            vectors[leaf.docBase + row] = values.vectorValue().clone();
          }
        });
    return new Embeddings(ids, labels, manifest.classNames(), vectors, List.of());
  }

  /**
   * A row's vector at length 1.
   *
   * @param row in {@code [0, size)}
   * @throws IllegalStateException if the index is closed
   */
  public float[] vector(int row) {
    Objects.checkIndex(row, size());
    float[][] found = new float[1][];
    reading(
        leaf -> {
          int inside = row - leaf.docBase;
          if (inside >= 0 && inside < leaf.reader().maxDoc()) {
            FloatVectorValues values = leaf.reader().getFloatVectorValues(HnswWriter.VECTOR);
            values.advance(inside);
            found[0] = values.vectorValue().clone();
          }
        });
    return found[0];
  }

  /** The rows' names. */
  public List<String> ids() {
    return ids;
  }

  /**
   * The name of a row's class; empty if it has none.
   *
   * @param row in {@code [0, size)}
   */
  public String className(int row) {
    return labels[row] == Dataset.NO_LABEL ? "" : manifest.classNames().get(labels[row]);
  }

  /** Frees the files; may be called twice. */
  @Override
  public void close() {
    close(reader);
  }

  private List<Neighbour> search(float[] query, int k, int ef) {
    float[] unit = UnitVectors.of(query);
    List<Neighbour> found = new ArrayList<>(ef);
    reading(
        leaf -> {
          ScoreDoc[] hits =
              leaf.reader()
                  .searchNearestVectors(HnswWriter.VECTOR, unit, ef, null, Integer.MAX_VALUE)
                  .scoreDocs;
          for (ScoreDoc hit : hits) {
            int row = leaf.docBase + hit.doc;
            found.add(new Neighbour(row, ids.get(row), cosine(hit.score)));
          }
        });
    return found.stream().sorted(Neighbour.NEAREST_FIRST).limit(k).toList();
  }

  /** Lucene's score of a dot product is {@code (1 + cosine) / 2}. */
  private static double cosine(float score) {
    return Math.max(-1, Math.min(1, 2 * (double) score - 1));
  }

  private List<String> readIds() throws IOException {
    List<String> read = new ArrayList<>(reader.maxDoc());
    for (LeafReaderContext leaf : reader.leaves()) {
      BinaryDocValues values = leaf.reader().getBinaryDocValues(HnswWriter.ID);
      for (int row = 0; row < leaf.reader().maxDoc(); row++) {
        values.advanceExact(row);
        read.add(values.binaryValue().utf8ToString());
      }
    }
    return List.copyOf(read);
  }

  private int[] readLabels() throws IOException {
    int[] read = new int[reader.maxDoc()];
    Arrays.fill(read, Dataset.NO_LABEL);
    for (LeafReaderContext leaf : reader.leaves()) {
      SortedDocValues values = leaf.reader().getSortedDocValues(HnswWriter.CLASS);
      if (values != null) {
        int[] labelOf = new int[values.getValueCount()];
        for (int i = 0; i < labelOf.length; i++) {
          labelOf[i] = manifest.classNames().indexOf(values.lookupOrd(i).utf8ToString());
        }
        for (int row = values.nextDoc();
            row != SortedDocValues.NO_MORE_DOCS;
            row = values.nextDoc()) {
          read[leaf.docBase + row] = labelOf[values.ordValue()];
        }
      }
    }
    return read;
  }

  /** What reads a part of the index. */
  private interface Reading {
    void of(LeafReaderContext leaf) throws IOException;
  }

  private void reading(Reading part) {
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        part.of(leaf);
      }
    } catch (AlreadyClosedException e) {
      throw new IllegalStateException("the index is closed; open it again", e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
  }

  private static void write(Path named, Path folder, Embeddings rows, HnswManifest manifest)
      throws IOException {
    try {
      HnswWriter.add(folder, rows, manifest);
    } catch (LockObtainFailedException e) {
      throw new KindredException(
          named + ": another process is adding to it; wait until it is done", e);
    } catch (IllegalArgumentException e) {
      throw new KindredException(
          "%s: a row cannot be kept (%s); mend it".formatted(named, firstLine(e)), e);
    }
  }

  /**
   * Checks that an index can be made in a folder, before vectors are.
   *
   * @throws KindredException if it holds something
   */
  public static void requireNew(Path folder) {
    try (Stream<Path> held = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      if (held.findAny().isPresent()) {
        throw new KindredException(
            "%s: a new index needs a new or empty folder, but this holds something; choose another, or add to the index that is there"
                .formatted(folder));
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
  }

  private static List<String> classNames(List<String> known, Embeddings rows) {
    for (int row = 0; row < rows.size(); row++) {
      int label = rows.labels()[row];
      if (label != Dataset.NO_LABEL && (label < 0 || label >= rows.classNames().size())) {
        throw new KindredException(
            "every label must have a class name, but %s has label %d of %d classes; name it"
                .formatted(rows.ids().get(row), label, rows.classNames().size()));
      }
    }
    Set<String> names = new LinkedHashSet<>(known);
    names.addAll(rows.classNames());
    return List.copyOf(names);
  }

  private static void refuse(Path folder, String id) {
    throw new KindredException(
        "%s: ids must be unique, but %s is in the index already; leave it out, or give it another"
            .formatted(folder, id));
  }

  private static KindredException noIndex(Path folder, String why) {
    return new KindredException(
        "%s: is no index of vectors (%s); make one first, or check the path"
            .formatted(folder, why));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void close(@Nullable DirectoryReader reader) {
    try {
      if (reader != null) {
        reader.close();
        reader.directory().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
