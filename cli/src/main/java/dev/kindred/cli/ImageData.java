package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.vision.Image;
import dev.kindred.vision.data.ImageFiles;
import dev.kindred.vision.data.ImageSources;
import dev.kindred.vision.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens image sources as the commands name them. */
final class ImageData {
  // Two letters at least: C:\photos is a folder.
  static final Pattern PREFIXED = Pattern.compile("([A-Za-z][A-Za-z0-9_-]+:)(.*)");

  private ImageData() {}

  /** Opens {@code source}; files are decoded no larger than a canvas of {@code side} needs. */
  static Dataset<Image> open(String source, Split split, int side) {
    return decodedTo(ImageSources.open(source, split), side);
  }

  /** {@code data}, decoded no larger than a canvas of {@code side} needs. */
  static Dataset<Image> decodedTo(Dataset<Image> data, int side) {
    return data instanceof ImageFiles files ? files.decodeTo(side) : data;
  }

  /** {@code source} with its path made absolute, so that it holds in any working directory. */
  static String absolute(String source) {
    Matcher prefixed = PREFIXED.matcher(source);
    if (!prefixed.matches() || Files.exists(Path.of(source))) {
      return path(source);
    }
    boolean drawn = prefixed.group(1).equals("shapes:");
    return drawn ? source : prefixed.group(1) + path(prefixed.group(2));
  }

  private static String path(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }

  /** The longer side of the images of a set that has one size. */
  static int nativeSide(Dataset<Image> data) {
    Image first = data.get(0);
    return Math.max(first.height(), first.width());
  }
}
