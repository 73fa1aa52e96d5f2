package dev.kindred.vision;

import dev.kindred.data.Dataset;
import dev.kindred.data.DrawnViews;
import dev.kindred.runtime.Require;
import dev.kindred.vision.augment.Normalization;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.types.TFloat32;

/**
 * A picture of what a training would see: a row for each of some examples, the original in the
 * first column and random views of it in the others. To be looked at before hours are spent.
 */
public final class ViewGrid {
  private static final int DRAWS = 4;

  private ViewGrid() {}

  /**
   * Writes the grid as a PNG file.
   *
   * @param data where {@code rows} random examples are taken from, or all if there are fewer
   * @param views what is drawn, four times
   * @param rows the number of examples, at least 1
   * @param seed what chooses the examples and every random number; same seed, same picture
   * @param file the PNG file, replaced if it is there
   * @throws IllegalArgumentException if {@code rows} is below 1
   * @throws dev.kindred.runtime.KindredException if the file cannot be written, or an example that
   *     was chosen cannot be read
   */
  public static void write(Dataset<Image> data, ImageViews views, int rows, int seed, Path file) {
    Require.atLeastOne("rows", rows);
    List<Image> originals = sample(data, rows, seed);
    PictureGrid.of(rows(originals, views, seed), views.size()).write(file);
  }

  private static List<Image> sample(Dataset<Image> data, int rows, int seed) {
    return new SplittableRandom(seed)
        .ints(0, data.size())
        .distinct()
        .limit(Math.min(rows, data.size()))
        .mapToObj(data::get)
        .toList();
  }

  /** The original, and what was drawn of it, a row for each. */
  private static List<List<BufferedImage>> rows(List<Image> originals, ImageViews views, int seed) {
    int cell = PictureGrid.cell(views.size());
    List<List<BufferedImage>> rows = new ArrayList<>();
    originals.forEach(
        original -> rows.add(new ArrayList<>(List.of(original.fit(cell).toBufferedImage()))));
    DrawnViews.draw(
        views,
        originals,
        seed,
        DRAWS,
        view -> {
          List<BufferedImage> drawn = pictures(view, views.normalization());
          IntStream.range(0, drawn.size()).forEach(row -> rows.get(row).add(drawn.get(row)));
        });
    return rows;
  }

  private static List<BufferedImage> pictures(TFloat32 views, Normalization normalization) {
    int side = (int) views.shape().get(1);
    return IntStream.range(0, (int) views.shape().get(0))
        .mapToObj(i -> picture(views.get(i), side, normalization))
        .toList();
  }

  private static BufferedImage picture(FloatNdArray view, int side, Normalization normalization) {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int rgb = 0;
        for (int c = 0; c < Image.CHANNELS; c++) {
          double color =
              view.getFloat(y, x, c) * normalization.std().get(c) + normalization.mean().get(c);
          rgb = rgb << 8 | (int) Math.max(0, Math.min(255, Math.rint(255 * color)));
        }
        picture.setRGB(x, y, rgb);
      }
    }
    return picture;
  }
}
