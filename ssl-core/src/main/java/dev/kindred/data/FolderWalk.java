package dev.kindred.data;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the files below a folder, at any depth, that have one of some extensions, in any letter
 * case. Nothing whose name starts with a dot is listed. Symbolic links are followed; a link to a
 * folder that contains it, and a folder that may not be read, are left out with a warning in the
 * log.
 */
public final class FolderWalk extends SimpleFileVisitor<Path> {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWalk.class);

  private final Path root;
  private final Set<String> extensions;
  private final List<String> ids = new ArrayList<>();

  private FolderWalk(Path root, Set<String> extensions) {
    this.root = root;
    this.extensions = extensions;
  }

  /**
   * The sorted paths, relative to {@code root} and with {@code /}, of the files below it; none if
   * there is none.
   *
   * @param content what the folder should hold, for messages, such as {@code images}
   * @param extensions in lower case, without the dot
   * @throws KindredException if {@code root} is missing, no folder or unreadable
   */
  public static List<String> ids(Path root, String content, Set<String> extensions) {
    requireFolder(root, content);
    FolderWalk walk = new FolderWalk(root, extensions);
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException failed) {
      throw new KindredException(root + ": the folder cannot be listed: " + failed, failed);
    }
    Collections.sort(walk.ids);
    return walk.ids;
  }

  private static void requireFolder(Path root, String content) {
    if (!Files.exists(root)) {
      throw new KindredException(root + ": no such folder; check the path");
    }
    if (!Files.isDirectory(root)) {
      throw new KindredException(
          "%s: is a file where a folder of %s is needed; give the folder that holds it"
              .formatted(root, content));
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return hidden(folder) && !folder.equals(root)
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink(); // a broken one
    if (readable && !hidden(file) && extensions.contains(extension(file))) {
      ids.add(id(file));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
    if (file.equals(root)) {
      throw failed;
    } else if (failed instanceof FileSystemLoopException) {
      LOG.warn("{}: left out, for it is a link to a folder that contains it", file);
    } else {
      LOG.warn("{}: left out, for it cannot be listed: {}", file, failed.toString());
    }
    return FileVisitResult.CONTINUE;
  }

  private String id(Path file) {
    return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private static boolean hidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private static String extension(Path file) {
    String name = file.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
