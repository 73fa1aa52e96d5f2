package dev.kindred.embedding;

import dev.kindred.runtime.IoConsumer;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link Embeddings} on the disk, as two files side by side that other tools read too:
 *
 * <ul>
 *   <li>{@code NAME.npy}: the vectors {@code [size, dimension]} in NumPy's format 1.0,
 *       little-endian float32, C order; {@code numpy.load} reads it.
 *   <li>{@code NAME.tsv}: UTF-8, the header {@code id<TAB>label}, then one line a row in the same
 *       order. The label is the class's name, empty where there is none. In both columns a tab is
 *       written {@code \t}, a line feed {@code \n}, a carriage return {@code \r} and a backslash
 *       {@code \\}, as PostgreSQL's text format does.
 * </ul>
 *
 * <p>What is read back has the same ids, class names and vectors in the same order; its {@link
 * Embeddings#classNames} are those that occur, sorted, and nothing is {@link Embeddings#skipped}.
 *
 * <pre>{@code
 * EmbeddingFiles.write(embedder.embed(photos), Path.of("photos.npy"));
 * Embeddings back = EmbeddingFiles.read(Path.of("photos.npy"));
 * }</pre>
 */
public final class EmbeddingFiles {
  private static final String NPY = ".npy";

  private EmbeddingFiles() {}

  /**
   * Writes both files, each whole or not at all; neither appears before both are on the disk.
   *
   * @param npy where the vectors go; the name ends in {@code .npy}
   * @throws IllegalArgumentException if the name does not end so, or a label has no class name
   * @throws KindredException if a file cannot be written
   */
  public static void write(Embeddings embeddings, Path npy) {
    Path tsv = labelsBeside(npy);
    List<String> lines = LabelTable.lines(embeddings);
    Map<Path, IoConsumer<OutputStream>> contents = new LinkedHashMap<>();
    contents.put(tsv, out -> LabelTable.write(lines, out));
    contents.put(npy, out -> Npy.write(embeddings.vectors(), out));
    WholeFile.writeAll(contents);
  }

  /**
   * Reads both files. The vectors may come from NumPy: versions 1 to 3 of its format are read.
   *
   * @param npy where the vectors are; the name ends in {@code .npy}
   * @throws IllegalArgumentException if the name does not end so
   * @throws KindredException if a file is missing, is not what its name says, is truncated, is
   *     larger than the heap, holds other types than little-endian float32 in C order, a value that
   *     is not finite or an id twice, or if the two differ in their number of rows
   */
  public static Embeddings read(Path npy) {
    Path tsv = labelsBeside(npy);
    float[][] vectors = Npy.read(npy);
    LabelTable table = LabelTable.read(tsv);
    if (table.size() != vectors.length) {
      throw new KindredException(
          "%s: must have one line for each of the %d rows of %s, had %d; write both again together"
              .formatted(tsv, vectors.length, npy.getFileName(), table.size()));
    }
    return assemble(npy, table, vectors);
  }

  /**
   * The file of ids and labels that belongs to {@code npy}: {@code NAME.tsv} for {@code NAME.npy}.
   *
   * @throws IllegalArgumentException if the name does not end in {@code .npy}
   */
  public static Path labelsBeside(Path npy) {
    String name = String.valueOf(npy.getFileName());
    if (!name.endsWith(NPY) || name.equals(NPY)) {
      throw new IllegalArgumentException(npy + ": the name of a file of vectors must end in .npy");
    }
    return npy.resolveSibling(name.substring(0, name.length() - NPY.length()) + ".tsv");
  }

  private static Embeddings assemble(Path npy, LabelTable table, float[][] vectors) {
    try {
      return new Embeddings(table.ids(), table.labels(), table.classNames(), vectors, List.of());
    } catch (IllegalArgumentException e) {
      throw new KindredException(npy + ": " + e.getMessage() + "; mend the vectors", e);
    }
  }
}
