package dev.kindred.vision;

import dev.kindred.data.Dataset;
import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.Sessions;
import dev.kindred.runtime.WholeFile;
import dev.kindred.vision.augment.Normalization;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A picture of what a training would see: a row for each of some examples, the original in the
 * first column and random views of it in the others. To be looked at before hours are spent.
 */
public final class ViewGrid {
  private static final int DRAWS = 4;
  private static final int GAP = 4;
  private static final int SMALLEST_CELL = 96;

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
    BufferedImage grid = draw(originals, augmented(originals, views, seed), views.size());
    WholeFile.write(file, out -> ImageIO.write(grid, "png", out));
  }

  private static List<Image> sample(Dataset<Image> data, int rows, int seed) {
    return new SplittableRandom(seed)
        .ints(0, data.size())
        .distinct()
        .limit(Math.min(rows, data.size()))
        .mapToObj(data::get)
        .toList();
  }

  /** The columns, each with a picture for every row. */
  private static List<List<BufferedImage>> augmented(
      List<Image> originals, ImageViews views, int seed) {
    List<List<BufferedImage>> columns = new ArrayList<>();
    try (Graph graph = new Graph();
        Feeds feeds = views.pack(originals)) {
      Ops tf = Ops.create(graph);
      Operand<TInt32> key = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
      Map<String, Operand<?>> inputs = Placeholders.of(tf, views.feeds());
      List<Operand<TFloat32>> built = views.build(tf, inputs, new Randomness(tf, key));
      try (Session session = Sessions.open(graph)) {
        for (int draw = 0; draw < DRAWS; draw++) {
          try (TInt32 seedAndStep = TInt32.vectorOf(seed, draw);
              Result result = runner(session, feeds, built).feed(key, seedAndStep).run()) {
            result.forEach(
                view -> columns.add(pictures((TFloat32) view.getValue(), views.normalization())));
          }
        }
      }
    }
    return columns;
  }

  private static Session.Runner runner(
      Session session, Feeds feeds, List<Operand<TFloat32>> views) {
    Session.Runner runner = session.runner();
    feeds.tensors().forEach(runner::feed);
    views.forEach(runner::fetch);
    return runner;
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

  private static BufferedImage draw(
      List<Image> originals, List<List<BufferedImage>> columns, int size) {
    int cell = size * Math.max(1, (SMALLEST_CELL + size - 1) / size);
    BufferedImage grid =
        new BufferedImage(
            (columns.size() + 1) * (cell + GAP) + GAP,
            originals.size() * (cell + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int row = 0; row < originals.size(); row++) {
      place(graphics, originals.get(row).fit(cell).toBufferedImage(), row, 0, cell);
      for (int column = 0; column < columns.size(); column++) {
        place(graphics, columns.get(column).get(row), row, column + 1, cell);
      }
    }
    graphics.dispose();
    return grid;
  }

  /** Fills a cell as far as the aspect allows; pixels stay visible as squares. */
  private static void place(
      Graphics2D graphics, BufferedImage picture, int row, int column, int cell) {
    double scale = (double) cell / Math.max(picture.getWidth(), picture.getHeight());
    graphics.drawImage(
        picture,
        GAP + column * (cell + GAP),
        GAP + row * (cell + GAP),
        (int) Math.max(1, picture.getWidth() * scale),
        (int) Math.max(1, picture.getHeight() * scale),
        null);
  }
}
