package dev.kindred.samples.sentencesearch;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.Columns;
import dev.kindred.text.data.SentenceSplitter;
import dev.kindred.text.data.TextSources;
import dev.kindred.text.lucene.SentenceField;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Finds the sentences of a folder of texts that mean most like a given one, by an encoder that
 * {@code kindred pretrain text} trained and an index of Apache Lucene:
 *
 * <pre>{@code
 * java ... dev.kindred.samples.sentencesearch.SentenceSearch index runs/text/encoder texts texts.index
 * java ... dev.kindred.samples.sentencesearch.SentenceSearch find  runs/text/encoder texts.index "A plane takes off." 10
 * java ... dev.kindred.samples.sentencesearch.SentenceSearch serve runs/text/encoder texts.index 8080
 * }</pre>
 *
 * <p>Safe for use from several threads at once.
 */
public final class SentenceSearch implements AutoCloseable {
  private static final String USAGE =
      """
      usage: SentenceSearch index MODEL FOLDER INDEX
             SentenceSearch find  MODEL INDEX "query" [k]
             SentenceSearch serve MODEL INDEX [port]""";

  private static final String MEANING = "meaning";
  private static final String TEXT = "text";
  private static final String FILE = "file";
  private static final String NUMBER = "number";
  private static final String ENCODER = "encoder";

  private static final int TOGETHER = 256;
  private static final int NEAREST = 10;
  private static final int MOST = 1000;
  private static final int PORT = 8080;
  private static final int LAST_PORT = 65535;

  private final SentenceEmbedder embedder;
  private final SentenceField meaning;
  private final DirectoryReader reader;

  /**
   * A sentence that was found.
   *
   * @param file where it is, in the folder that was indexed
   * @param number of the sentence in the file, from 1
   * @param similarity to what was asked for: the cosine, {@code [-1, 1]}
   */
  public record Found(String text, String file, String number, double similarity) {}

  /**
   * Opens an index to search it.
   *
   * @param model the encoder that it was made with
   * @throws KindredException if one of them cannot be opened, or they do not belong together
   */
  public SentenceSearch(Path model, Path index) {
    reader = open(index);
    try {
      requireSameEncoder(model, index);
      embedder = SentenceEmbedder.load(model);
      meaning = new SentenceField(MEANING, embedder);
    } catch (RuntimeException e) {
      closeReader();
      throw e;
    }
  }

  /**
   * Writes an index of all sentences of the {@code .txt} files in {@code folder}, in the place of
   * what {@code index} held; if that fails, the old one stays.
   *
   * @param folder which may also be a file, with a sentence on each line
   * @return the number of sentences
   * @throws KindredException if something cannot be read or written
   */
  public static int index(Path model, Path folder, Path index) {
    try (SentenceEmbedder embedder = SentenceEmbedder.load(model);
        Dataset<TextExample> sentences =
            TextSources.open(folder, Columns.none(), SentenceSplitter.jdk(Locale.ENGLISH));
        Directory directory = FSDirectory.open(index);
        IndexWriter writer = new IndexWriter(directory, settings())) {
      for (int first = 0; first < sentences.size(); first += TOGETHER) {
        int end = Math.min(first + TOGETHER, sentences.size());
        writer.addDocuments(documents(embedder, sentences, folder, first, end));
      }
      writer.setLiveCommitData(Map.of(ENCODER, description(model)).entrySet());
      writer.commit();
      return sentences.size();
    } catch (LockObtainFailedException e) {
      throw new KindredException(index + ": another program writes it; wait, or choose another", e);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(index, e);
    }
  }

  /** The number of sentences to search. */
  public int size() {
    return reader.numDocs();
  }

  /** The {@code k} sentences that mean most like {@code query}, most alike first. */
  public List<Found> nearest(String query, int k) {
    try {
      IndexSearcher searcher = new IndexSearcher(reader);
      List<Found> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(meaning.query(query, k), k).scoreDocs) {
        Document document = searcher.storedFields().document(hit.doc);
        found.add(
            new Found(
                document.get(TEXT),
                document.get(FILE),
                document.get(NUMBER),
                SentenceField.cosine(hit.score)));
      }
      return found;
    } catch (IOException e) {
      throw new KindredException("the index cannot be read; make it again", e);
    }
  }

  @Override
  public void close() {
    embedder.close();
    closeReader();
  }

  /** Indexes, finds or serves. */
  public static void main(String[] args) {
    int code = run(System.out, System.err, args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** What {@link #main} does: 0 done, 1 failed, 2 wrongly used. */
  static int run(PrintStream out, PrintStream err, String... args) {
    try {
      if (isCommand("index", 4, 4, args)) {
        int size = index(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
        out.printf("%s: %,d sentences%n", args[3], size);
      } else if (isCommand("find", 4, 5, args)) {
        print(out, args, number("k", args, 4, NEAREST, MOST));
      } else if (isCommand("serve", 3, 4, args)) {
        serve(out, args, number("port", args, 3, PORT, LAST_PORT));
      } else {
        err.println(USAGE);
        return 2;
      }
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    } catch (KindredException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static boolean isCommand(String name, int fewest, int most, String... args) {
    return args.length >= fewest && args.length <= most && args[0].equals(name);
  }

  private static int number(String name, String[] args, int place, int usual, int most) {
    if (args.length <= place) {
      return usual;
    }
    if (args[place].matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(args[place]);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "%s must be a number in [1, %d], was %s".formatted(name, most, args[place]));
  }

  private static void print(PrintStream out, String[] args, int k) {
    try (SentenceSearch search = new SentenceSearch(Path.of(args[1]), Path.of(args[2]))) {
      for (Found found : search.nearest(args[3], k)) {
        String line =
            String.format(
                Locale.ROOT,
                "%.3f  %s  (%s, sentence %s)",
                found.similarity(),
                found.text(),
                found.file(),
                found.number());
        out.println(line.replaceAll("\\p{Cntrl}", " ")); // what could steer a terminal
      }
    }
  }

  /** Returns at once; the page is served until the program is stopped. */
  private static void serve(PrintStream out, String[] args, int port) {
    SentenceSearch search = new SentenceSearch(Path.of(args[1]), Path.of(args[2]));
    try {
      out.println(SearchPage.serve(search, port).address() + "  (Ctrl-C stops it)");
    } catch (RuntimeException e) {
      search.close();
      throw e;
    }
  }

  private static DirectoryReader open(Path index) {
    if (!Files.isDirectory(index)) {
      throw new KindredException(index + ": is no folder; make an index first");
    }
    try {
      return DirectoryReader.open(FSDirectory.open(index));
    } catch (IndexNotFoundException e) {
      throw new KindredException(index + ": holds no index; make one first, or give its folder", e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(index, e);
    }
  }

  private void requireSameEncoder(Path model, Path index) {
    try {
      Map<String, String> made = reader.getIndexCommit().getUserData();
      if (!description(model).equals(made.get(ENCODER))) {
        throw new KindredException(
            "%s: was not made with %s; give its encoder, or make it again".formatted(index, model));
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(index, e);
    }
  }

  /** What tells one encoder from another: what it is, and how it was trained. */
  private static String description(Path model) {
    SavedEncoder.manifest(model);
    try {
      return Files.readString(model.resolve(SavedEncoder.MANIFEST));
    } catch (IOException e) {
      throw FileErrors.cannotRead(model.resolve(SavedEncoder.MANIFEST), e);
    }
  }

  private static IndexWriterConfig settings() {
    return new IndexWriterConfig()
        .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
        .setCommitOnClose(false);
  }

  private static List<Document> documents(
      SentenceEmbedder embedder, Dataset<TextExample> sentences, Path folder, int first, int end) {
    List<String> texts =
        IntStream.range(first, end).mapToObj(i -> sentences.get(i).parts().get(0)).toList();
    List<KnnFloatVectorField> meanings = new SentenceField(MEANING, embedder).fields(texts);
    return IntStream.range(0, texts.size())
        .mapToObj(i -> document(texts.get(i), meanings.get(i), sentences.id(first + i), folder))
        .toList();
  }

  /** A sentence; {@code id} is {@code path/in/folder.txt#1}, or the line's number in a file. */
  private static Document document(
      String text, KnnFloatVectorField meaning, String id, Path folder) {
    int cut = id.lastIndexOf('#');
    Document document = new Document();
    document.add(meaning);
    document.add(new StoredField(TEXT, text));
    document.add(new StoredField(FILE, cut < 0 ? folder.toString() : id.substring(0, cut)));
    document.add(new StoredField(NUMBER, id.substring(cut + 1)));
    return document;
  }

  private void closeReader() {
    try {
      reader.close();
      reader.directory().close();
    } catch (IOException e) {
      throw new KindredException("the index cannot be closed", e);
    }
  }
}
