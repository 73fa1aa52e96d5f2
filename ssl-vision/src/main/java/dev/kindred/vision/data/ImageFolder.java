package dev.kindred.vision.data;

import dev.kindred.vision.Image;
import dev.kindred.vision.ImageDecoder;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures below a folder, at any depth: files called {@code .jpg}, {@code .jpeg}, {@code
 * .png}, {@code .bmp}, {@code .gif} or {@code .webp} in any letter case, but nothing whose name
 * starts with a dot. Read by {@link ImageDecoder} at {@link #get}, nothing is kept.
 *
 * <p>Ids are the paths relative to the folder, with {@code /}; examples are in the order of their
 * ids, whatever the file system's order. If every picture lies in a sub-folder and there are two
 * first-level sub-folders or more, the name of its first-level sub-folder is a picture's class;
 * else nothing is labelled.
 *
 * <p>Symbolic links are followed. A link to a folder that contains it, and a folder that may not be
 * read, are left out with a warning in the log. Files that cannot be read or decoded stay in the
 * set: {@link #get} throws for them. Immutable and safe for use from several threads.
 */
public final class ImageFolder implements ImageFiles {
  private final Path root;
  private final FolderListing listing;
  private final ImageDecoder decoder;
  private final String description;

  ImageFolder(Path root, FolderListing listing, ImageDecoder decoder, String description) {
    this.root = root;
    this.listing = listing;
    this.decoder = decoder;
    this.description = description;
  }

  /**
   * Lists a folder.
   *
   * @throws dev.kindred.runtime.KindredException if {@code folder} is missing, is no folder, may
   *     not be read, or holds no picture
   */
  public static ImageFolder open(Path folder) {
    FolderListing listing = FolderListing.of(folder);
    return new ImageFolder(folder, listing, ImageDecoder.defaults(), "folder " + folder);
  }

  /**
   * The same pictures, shrunk while they are decoded so that the longer side is at most {@code
   * maxSide}, aspect kept; see {@link ImageDecoder#maxSide(int)}.
   *
   * @throws IllegalArgumentException if {@code maxSide} is below 1
   */
  @Override
  public ImageFolder decodeTo(int maxSide) {
    return new ImageFolder(root, listing, decoder.maxSide(maxSide), description);
  }

  /**
   * The same pictures, refusing those of more than {@code maxPixels} instead of {@link
   * ImageDecoder#DEFAULT_MAX_PIXELS}.
   *
   * @throws IllegalArgumentException if {@code maxPixels} is below 1
   */
  public ImageFolder maxPixels(long maxPixels) {
    return new ImageFolder(root, listing, decoder.maxPixels(maxPixels), description);
  }

  @Override
  public int size() {
    return listing.size();
  }

  @Override
  public Image get(int index) {
    String id = id(index);
    return decoder.read(root.resolve(id), id);
  }

  @Override
  public byte[] encoded(int index) {
    String id = id(index);
    return ImageDecoder.bytes(root.resolve(id), id);
  }

  @Override
  public String extension(int index) {
    return FolderListing.extension(id(index));
  }

  @Override
  public String id(int index) {
    return listing.id(index);
  }

  @Override
  public int label(int index) {
    return listing.label(index);
  }

  @Override
  public List<String> classNames() {
    return listing.classNames();
  }

  @Override
  public String description() {
    return description;
  }

  /** Does nothing: no file stays open. */
  @Override
  public void close() {}
}
