package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Where a {@link Simulation} is drawn, in the coordinates of its world, y upwards. Drawn in
 * software without a display; the same drawing gives the same bytes. Confined to one thread.
 */
public final class Canvas {
  private static final int CHANNELS = 3;

  private final BufferedImage image;
  private final int[] rgb;
  private final Graphics2D graphics;
  private final AffineTransform pixels;

  /**
   * Makes a canvas.
   *
   * @param height pixels, {@code >= 1}
   * @param width pixels, {@code >= 1}
   */
  public Canvas(int height, int width) {
    Require.atLeastOne("height", height);
    Require.atLeastOne("width", width);
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    rgb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pixels = graphics.getTransform();
  }

  /** Pixels from top to bottom. */
  public int height() {
    return image.getHeight();
  }

  /** Pixels from left to right. */
  public int width() {
    return image.getWidth();
  }

  /** Paints everything in one colour, {@code 0xRRGGBB}. */
  public void clear(int colour) {
    graphics.setTransform(pixels);
    graphics.setColor(new Color(colour));
    graphics.fillRect(0, 0, width(), height());
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
    AffineTransform view = new AffineTransform(pixels);
    view.translate(width() / 2.0, height() / 2.0);
    view.scale(scale, -scale);
    view.rotate(angle);
    view.translate(-x, -y);
    graphics.setTransform(view);
  }

  /** Fills a polygon of one colour, {@code 0xRRGGBB}; corners are {@code x, y, x, y, ...}. */
  public void polygon(int colour, double... corners) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    graphics.setColor(new Color(colour));
    graphics.fill(path);
  }

  /** Fills a disc. */
  public void disc(int colour, double x, double y, double radius) {
    graphics.setColor(new Color(colour));
    graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /** Draws a line; its thickness is in the world's units. */
  public void line(int colour, double thickness, double x1, double y1, double x2, double y2) {
    graphics.setColor(new Color(colour));
    graphics.setStroke(
        new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  /** What was drawn, red, green and blue plane by plane. */
  public Frame frame() {
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
