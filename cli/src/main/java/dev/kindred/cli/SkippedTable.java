package dev.kindred.cli;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.runtime.WholeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Which examples were left out, and why: two columns under a header. */
final class SkippedTable {
  private SkippedTable() {}

  /** {@code OUT.skipped.tsv} for {@code OUT.npy}. */
  static Path beside(Path npy) {
    String name = String.valueOf(npy.getFileName()).replaceFirst("\\.npy$", "");
    return npy.resolveSibling(name + ".skipped.tsv");
  }

  /** Writes the table if there is something to say; answers whether there was. */
  static boolean write(List<CorruptExampleException> skipped, Path file) {
    if (skipped.isEmpty()) {
      return false;
    }
    String table =
        skipped.stream()
            .map(one -> cell(one.id()) + "\t" + cell(one.reason()) + "\n")
            .collect(Collectors.joining("", "id\treason\n", ""));
    WholeFile.write(file, out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
    return true;
  }

  private static String cell(String text) {
    return text.replaceAll("[\\t\\r\\n]+", " ");
  }
}
