package dev.kindred.vision;

import dev.kindred.runtime.Require;
import dev.kindred.runtime.WholeFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Pictures in rows and columns on white, small ones enlarged so that their pixels are squares.
 *
 * <pre>{@code
 * PictureGrid.of(List.of(List.of(query, nearest, next))).write(Path.of("alike.png"));
 * }</pre>
 */
public final class PictureGrid {
  private static final int GAP = 4;
  private static final int SMALLEST_CELL = 96;

  private final List<? extends List<BufferedImage>> rows;
  private final int cell;

  private PictureGrid(List<? extends List<BufferedImage>> rows, int cell) {
    this.rows = rows;
    this.cell = cell;
  }

  /**
   * A grid whose cells are as large as the largest picture needs, and 96 pixels at least.
   *
   * @param rows at least one picture in all; rows may differ in length
   * @throws IllegalArgumentException if there is no picture
   */
  public static PictureGrid of(List<? extends List<BufferedImage>> rows) {
    return of(
        rows,
        rows.stream()
            .flatMap(Collection::stream)
            .mapToInt(picture -> Math.max(picture.getWidth(), picture.getHeight()))
            .max()
            .orElse(0));
  }

  /**
   * A grid for pictures of one size; whatever is of another is fitted into the same cells.
   *
   * @param side the longer side of the pictures, {@code >= 1}
   */
  static PictureGrid of(List<? extends List<BufferedImage>> rows, int side) {
    Require.atLeastOne("pictures' longest side", side);
    return new PictureGrid(rows, cell(side));
  }

  /** How wide and high a cell is, for pictures of that side. */
  static int cell(int side) {
    return side * Math.max(1, (SMALLEST_CELL + side - 1) / side);
  }

  /** The whole as one picture. */
  public BufferedImage picture() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    BufferedImage grid =
        new BufferedImage(
            columns * (cell + GAP) + GAP,
            rows.size() * (cell + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        place(graphics, rows.get(row).get(column), row, column);
      }
    }
    graphics.dispose();
    return grid;
  }

  /** Fills a cell as far as the aspect allows. */
  private void place(Graphics2D graphics, BufferedImage picture, int row, int column) {
    double scale = (double) cell / Math.max(picture.getWidth(), picture.getHeight());
    graphics.drawImage(
        picture,
        GAP + column * (cell + GAP),
        GAP + row * (cell + GAP),
        (int) Math.max(1, picture.getWidth() * scale),
        (int) Math.max(1, picture.getHeight() * scale),
        null);
  }

  /** The bytes of a PNG file. */
  public byte[] png() {
    return BufferedImages.png(picture());
  }

  /**
   * Writes a PNG file, replacing any that is there.
   *
   * @throws dev.kindred.runtime.KindredException if it cannot be written
   */
  public void write(Path file) {
    byte[] png = png();
    WholeFile.write(file, out -> out.write(png));
  }
}
