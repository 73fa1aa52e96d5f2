package dev.kindred.embedding;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The ids and class names of {@link Embeddings} as tab-separated values; {@link EmbeddingFiles}
 * describes the file.
 *
 * @param ids in the order of the rows
 * @param names the class of each row by name; empty where there is none
 */
record LabelTable(List<String> ids, List<String> names) {
  private static final String HEADER = "id\tlabel";

  int size() {
    return ids.size();
  }

  /** The names that occur, sorted. */
  List<String> classNames() {
    return names.stream().filter(name -> !name.isEmpty()).distinct().sorted().toList();
  }

  /** Each row's index into {@link #classNames}, or {@link Dataset#NO_LABEL}. */
  int[] labels() {
    List<String> classes = classNames();
    Map<String, Integer> index = new HashMap<>();
    classes.forEach(name -> index.put(name, index.size()));
    return names.stream().mapToInt(name -> index.getOrDefault(name, Dataset.NO_LABEL)).toArray();
  }

  /**
   * The lines of the file.
   *
   * @throws IllegalArgumentException if a label has no class name
   */
  static List<String> lines(Embeddings embeddings) {
    List<String> lines = new ArrayList<>(embeddings.size() + 1);
    lines.add(HEADER);
    for (int row = 0; row < embeddings.size(); row++) {
      String id = embeddings.ids().get(row);
      lines.add(escape(id) + "\t" + escape(className(embeddings, row)));
    }
    return lines;
  }

  static void write(List<String> lines, OutputStream out) throws IOException {
    for (String line : lines) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
  }

  /**
   * Reads the file.
   *
   * @throws KindredException if it is missing, is not such a file or has an id twice
   */
  static LabelTable read(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return new Parser(file).parse(reader);
    } catch (CharacterCodingException e) {
      throw new KindredException(file + ": must be UTF-8 text; convert it", e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static String className(Embeddings embeddings, int row) {
    int label = embeddings.labels()[row];
    if (label == Dataset.NO_LABEL) {
      return "";
    }
    List<String> classes = embeddings.classNames();
    if (label < 0 || label >= classes.size() || classes.get(label).isEmpty()) {
      throw new IllegalArgumentException(
          "every label must have a class name, but %s has label %d of %d classes without one"
              .formatted(embeddings.ids().get(row), label, classes.size()));
    }
    return classes.get(label);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  /** Reads one file, remembering where it is for its messages. */
  private static final class Parser {
    private final Path file;
    private final List<String> ids = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int number = 1;

    Parser(Path file) {
      this.file = file;
    }

    LabelTable parse(BufferedReader reader) throws IOException {
      String header = reader.readLine();
      if (!Objects.equals(header, HEADER)) {
        throw failure("must be the header id<TAB>label");
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        add(line);
      }
      return new LabelTable(ids, names);
    }

    private void add(String line) {
      String[] columns = line.split("\t", -1);
      if (columns.length != 2 || columns[0].isEmpty()) {
        throw failure("must be an id, a tab and a label (empty for none)");
      }
      String id = unescape(columns[0]);
      if (!seen.add(id)) {
        throw failure("ids must be unique, but " + columns[0] + " occurs twice");
      }
      ids.add(id);
      names.add(unescape(columns[1]).intern());
    }

    private String unescape(String text) {
      if (text.indexOf('\\') < 0) {
        return text;
      }
      StringBuilder plain = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        plain.append(c == '\\' ? unescaped(text, ++i) : c);
      }
      return plain.toString();
    }

    private char unescaped(String text, int index) {
      return switch (index < text.length() ? text.charAt(index) : ' ') {
        case '\\' -> '\\';
        case 't' -> '\t';
        case 'n' -> '\n';
        case 'r' -> '\r';
        default ->
            throw failure("a backslash must be one of \\\\ \\t \\n \\r, double it in " + text);
      };
    }

    private KindredException failure(String rule) {
      return new KindredException(file + ": line " + number + ": " + rule);
    }
  }
}
