package dev.kindred.evaluation;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.UnitVectors;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Adds rows to a Lucene index, one document each, whose number is the row's. One thread builds the
 * graph, so that the same rows give the same graph.
 */
final class HnswWriter {
  static final String VECTOR = "vector";
  static final String ID = "id";
  static final String CLASS = "class";

  /** So much is built into one graph before it is written, and merged with the next. */
  private static final long BUFFER_MEBIBYTES = 1024;

  /** Of the heap at most this part is taken for it. */
  private static final int HEAP_PART = 4;

  private HnswWriter() {}

  /**
   * Adds {@code rows} at the end, in one commit: it is done wholly or, whatever happens, not at
   * all.
   *
   * @param manifest what is true of the index afterwards
   */
  static void add(Path folder, Embeddings rows, HnswManifest manifest) throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config(manifest.settings()))) {
      try {
        for (int row = 0; row < rows.size(); row++) {
          writer.addDocument(document(rows, row));
        }
        writer.forceMerge(1); // one graph is quicker to search than several
        writer.setLiveCommitData(manifest.toCommit().entrySet());
        writer.commit();
      } finally {
        writer.rollback(); // of what is committed nothing
      }
    }
  }

  private static Document document(Embeddings rows, int row) {
    Document document = new Document();
    document.add(
        new KnnFloatVectorField(
            VECTOR, UnitVectors.of(rows.vectors()[row]), VectorSimilarityFunction.DOT_PRODUCT));
    document.add(new BinaryDocValuesField(ID, new BytesRef(rows.ids().get(row))));
    int label = rows.labels()[row];
    if (label != Dataset.NO_LABEL) {
      document.add(new SortedDocValuesField(CLASS, new BytesRef(rows.classNames().get(label))));
    }
    return document;
  }

  private static IndexWriterConfig config(HnswSettings settings) {
    IndexWriterConfig config = new IndexWriterConfig();
    config.setCodec(new WideCodec(settings));
    config.setCommitOnClose(false);
    config.setRAMBufferSizeMB(
        Math.min(BUFFER_MEBIBYTES, (Runtime.getRuntime().maxMemory() >> 20) / HEAP_PART));
    config.setMergeScheduler(new SerialMergeScheduler());
    // Merges neighbours only, so that rows stay in order.
    config.setMergePolicy(new LogDocMergePolicy());
    return config;
  }

  /** Lucene's own codec under its own name, which reads what this writes. */
  private static final class WideCodec extends Lucene912Codec {
    private final KnnVectorsFormat format;

    WideCodec(HnswSettings settings) {
      this.format =
          new WideFormat(new Lucene99HnswVectorsFormat(settings.m(), settings.efConstruction()));
    }

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
      return format;
    }
  }

  /** A format for vectors wider than the 1024 numbers at which Lucene stops by default. */
  private static final class WideFormat extends KnnVectorsFormat {
    private final KnnVectorsFormat plain;

    WideFormat(KnnVectorsFormat plain) {
      super(plain.getName());
      this.plain = plain;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return plain.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return plain.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return Integer.MAX_VALUE;
    }
  }
}
