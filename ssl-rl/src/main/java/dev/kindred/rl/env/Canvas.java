package dev.kindred.rl.env;

import dev.kindred.runtime.Require;

/**
 * Where a {@link Simulation} is drawn, in the coordinates of its world, y upwards. Edges are
 * smooth: a pixel has as much of a colour as is covered of it. Drawn in plain arithmetic, without a
 * display or a graphics library; the same drawing gives the same bytes everywhere. Confined to one
 * thread.
 */
public final class Canvas {
  private static final int CHANNELS = 3;
  private static final double[] CIRCLE = circle(48);

  private final Raster raster;
  private double middleX;
  private double middleY;
  private double along;
  private double across;

  /**
   * Makes a canvas, which shows pixels from the bottom left until it is told to show a world.
   *
   * @param height pixels, {@code >= 1}
   * @param width pixels, {@code >= 1}
   */
  public Canvas(int height, int width) {
    Require.atLeastOne("height", height);
    Require.atLeastOne("width", width);
    raster = new Raster(height, width);
    look(width / 2.0, height / 2.0, 1, 0);
  }

  private static double[] circle(int corners) {
    double[] circle = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      circle[2 * i] = StrictMath.cos(2 * Math.PI * i / corners);
      circle[2 * i + 1] = StrictMath.sin(2 * Math.PI * i / corners);
    }
    return circle;
  }

  /** Pixels from top to bottom. */
  public int height() {
    return raster.height();
  }

  /** Pixels from left to right. */
  public int width() {
    return raster.width();
  }

  /** Paints everything in one colour, {@code 0xRRGGBB}. */
  public void clear(int colour) {
    raster.clear(colour);
  }

  /**
   * Shows a part of the world: all of the rectangle is on the canvas, in true proportions, and in
   * the middle of it.
   *
   * @param left its least x
   * @param bottom its least y
   * @param wide its extent in x, {@code > 0}
   * @param high its extent in y, {@code > 0}
   */
  public void show(double left, double bottom, double wide, double high) {
    double scale = Math.min(width() / wide, height() / high);
    look(left + wide / 2, bottom + high / 2, scale, 0);
  }

  /**
   * Shows the world around a point.
   *
   * @param x the point in the middle of the canvas
   * @param y the point in the middle of the canvas
   * @param scale pixels for each unit of the world
   * @param angle by how much the world is turned to the left, in radians
   */
  public void look(double x, double y, double scale, double angle) {
    middleX = x;
    middleY = y;
    along = scale * StrictMath.cos(angle);
    across = scale * StrictMath.sin(angle);
  }

  /**
   * Fills a polygon of one colour, {@code 0xRRGGBB}; what it covers twice is filled once.
   *
   * @param corners {@code x, y, x, y, ...}, three of them or more
   */
  public void polygon(int colour, double... corners) {
    double[] pixels = new double[corners.length];
    for (int i = 0; i < corners.length; i += 2) {
      double x = corners[i] - middleX;
      double y = corners[i + 1] - middleY;
      pixels[i] = width() / 2.0 + along * x - across * y;
      pixels[i + 1] = height() / 2.0 - across * x - along * y;
    }
    raster.fill(colour, pixels);
  }

  /** Fills a rectangle whose sides are parallel to the world's axes. */
  public void rectangle(int colour, double left, double bottom, double right, double top) {
    polygon(colour, left, bottom, right, bottom, right, top, left, top);
  }

  /** Fills a disc. */
  public void disc(int colour, double x, double y, double radius) {
    double[] corners = new double[CIRCLE.length];
    for (int i = 0; i < corners.length; i += 2) {
      corners[i] = x + radius * CIRCLE[i];
      corners[i + 1] = y + radius * CIRCLE[i + 1];
    }
    polygon(colour, corners);
  }

  /** Draws a line; its thickness is in the world's units, and its ends are cut off square. */
  public void line(int colour, double thickness, double x1, double y1, double x2, double y2) {
    double length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
    double half = length > 0 ? thickness / (2 * length) : 0;
    double x = (y1 - y2) * half;
    double y = (x2 - x1) * half;
    polygon(colour, x1 + x, y1 + y, x2 + x, y2 + y, x2 - x, y2 - y, x1 - x, y1 - y);
  }

  /** What was drawn, red, green and blue plane by plane. */
  public Frame frame() {
    int[] rgb = raster.rgb();
    int size = rgb.length;
    byte[] samples = new byte[CHANNELS * size];
    for (int i = 0; i < size; i++) {
      samples[i] = (byte) (rgb[i] >> 16);
      samples[size + i] = (byte) (rgb[i] >> 8);
      samples[2 * size + i] = (byte) rgb[i];
    }
    return new Frame(CHANNELS, height(), width(), samples);
  }
}
