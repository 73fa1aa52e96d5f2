package dev.kindred.samples.imagesearch;

import dev.kindred.evaluation.ExactSearch;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.ImageEmbedder;
import dev.kindred.vision.data.ImageFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the images of a folder that look most like a given one, by an encoder that {@code kindred
 * pretrain images} trained:
 *
 * <pre>{@code
 * java ... dev.kindred.samples.imagesearch.ImageSearch runs/photos/encoder photos cat.jpg
 * }</pre>
 */
public final class ImageSearch implements AutoCloseable {
  private final ImageEmbedder embedder;
  private final ExactSearch index;

  /** Embeds every image of {@code folder}; those that cannot be read are left out. */
  public ImageSearch(Path encoder, Path folder) {
    embedder = ImageEmbedder.load(encoder);
    try (ImageFolder images = ImageFolder.open(folder)) {
      index = new ExactSearch(embedder.embed(images));
    } catch (RuntimeException e) {
      embedder.close();
      throw e;
    }
  }

  /** The {@code k} images most like {@code photo}, most alike first. */
  public List<Neighbour> alike(Path photo, int k) {
    return index.nearest(embedder.embed(photo), k);
  }

  @Override
  public void close() {
    index.close();
    embedder.close();
  }

  /** Prints the ten images of a folder that are most like one. */
  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("usage: ImageSearch ENCODER FOLDER PHOTO");
      System.exit(2);
    }
    try (ImageSearch search = new ImageSearch(Path.of(args[0]), Path.of(args[1]))) {
      search
          .alike(Path.of(args[2]), 10)
          .forEach(found -> System.out.printf("%.3f  %s%n", found.similarity(), found.id()));
    } catch (KindredException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
