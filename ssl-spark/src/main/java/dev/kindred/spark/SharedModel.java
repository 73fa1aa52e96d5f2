package dev.kindred.spark;

import dev.kindred.embedding.SavedEncoder;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Function;

/**
 * A saved encoder on storage that executors see.
 *
 * @param path its folder, absolute
 */
record SharedModel(String path) implements Model {
  private static final long serialVersionUID = 1L;

  @Override
  public Object version() {
    return List.of(path, saved());
  }

  @Override
  public <T> T in(Function<Path, T> use) {
    Path folder = Path.of(path);
    if (!Files.isRegularFile(folder.resolve(SavedEncoder.MANIFEST))) {
      throw new KindredException(
          "%s: no saved encoder there on %s; put it on storage that every executor sees under this path, or have the driver send it: .shipped()"
              .formatted(path, ThisExecutor.name()));
    }
    return use.apply(folder);
  }

  private FileTime saved() {
    try {
      return Files.getLastModifiedTime(Path.of(path, SavedEncoder.MANIFEST));
    } catch (IOException e) {
      return FileTime.fromMillis(0); // whoever opens it finds that out, and says so
    }
  }
}
