package dev.kindred.vision.data;

import dev.kindred.vision.Image;
import java.util.Arrays;
import java.util.Random;

/**
 * Draws one picture of {@link GeneratedShapes} by sampling each pixel at four points. All
 * randomness comes from {@link Random}, whose numbers Java's specification fixes.
 */
final class ShapePainter {
  private static final double MAX_TILT = 0.35; // radians, 20 degrees
  private static final int CLUTTER = 5;
  private static final double[] SAMPLES = {0.25, 0.75};

  private final Random random;
  private final int side;
  private final ShapeClass shape;
  private final double centreX;
  private final double centreY;
  private final double inverseRadius;
  private final double cos;
  private final double sin;
  private final double pitch;
  private final double phase;
  private final double[] ink;
  private final double[] paper;
  private final double[] ground;
  private final double[] groundSlopeX;
  private final double[] groundSlopeY;
  private final double lightX;
  private final double lightY;
  private final double noise;
  private final Blob[] clutter;

  ShapePainter(int side, ShapeClass shape, long seed) {
    this.random = new Random(seed);
    this.side = side;
    this.shape = shape;
    double radius = side * uniform(0.3, 0.44);
    double free = side / 2.0 - radius * 0.8;
    this.centreX = side / 2.0 + uniform(-free, free);
    this.centreY = side / 2.0 + uniform(-free, free);
    this.inverseRadius = 1 / radius;
    double tilt = uniform(-MAX_TILT, MAX_TILT);
    this.cos = StrictMath.cos(tilt);
    this.sin = StrictMath.sin(tilt);
    this.pitch = uniform(0.42, 0.55);
    this.phase = uniform(0, 1);
    this.ink = colour();
    this.paper = contrasting(ink, 0.3);
    this.ground = contrasting(ink, 0.2);
    this.groundSlopeX = slope(0.5);
    this.groundSlopeY = slope(0.5);
    this.lightX = uniform(-0.3, 0.3);
    this.lightY = uniform(-0.3, 0.3);
    this.noise = uniform(0.02, 0.1);
    this.clutter = new Blob[random.nextInt(CLUTTER + 1)];
    for (int i = 0; i < clutter.length; i++) {
      clutter[i] = blob();
    }
  }

  Image paint() {
    byte[] pixels = new byte[Image.CHANNELS * side * side];
    double[] sum = new double[Image.CHANNELS];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        Arrays.fill(sum, 0);
        for (double dy : SAMPLES) {
          for (double dx : SAMPLES) {
            add(sum, x + dx, y + dy);
          }
        }
        store(pixels, y * side + x, sum, light(x, y));
      }
    }
    return new Image(side, side, pixels);
  }

  private double light(int x, int y) {
    return 1 + lightX * (2.0 * x / side - 1) + lightY * (2.0 * y / side - 1);
  }

  private void store(byte[] pixels, int at, double[] sum, double light) {
    for (int channel = 0; channel < Image.CHANNELS; channel++) {
      double grain = noise * (2 * random.nextFloat() - 1);
      double value = light * sum[channel] / 4 + grain;
      pixels[channel * side * side + at] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
  }

  private void add(double[] sum, double x, double y) {
    double right = (x - centreX) * inverseRadius;
    double down = (y - centreY) * inverseRadius;
    double shapeX = cos * right + sin * down;
    double shapeY = cos * down - sin * right;
    if (shape.contains(shapeX, shapeY)) {
      add(sum, shape.inked(shapeX, shapeY + phase * pitch, pitch) ? ink : paper);
    } else {
      addGround(sum, x, y);
    }
  }

  private static void add(double[] sum, double[] colour) {
    for (int channel = 0; channel < Image.CHANNELS; channel++) {
      sum[channel] += colour[channel];
    }
  }

  private void addGround(double[] sum, double x, double y) {
    for (Blob blob : clutter) {
      if (blob.contains(x, y)) {
        add(sum, blob.colour);
        return;
      }
    }
    for (int channel = 0; channel < Image.CHANNELS; channel++) {
      sum[channel] +=
          ground[channel]
              + groundSlopeX[channel] * (x / side - 0.5)
              + groundSlopeY[channel] * (y / side - 0.5);
    }
  }

  private double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  private double[] colour() {
    return new double[] {uniform(0.05, 0.95), uniform(0.05, 0.95), uniform(0.05, 0.95)};
  }

  /** A colour whose brightness differs, so that the drawing survives the loss of colour. */
  private double[] contrasting(double[] other, double least) {
    double[] colour = colour();
    while (Math.abs(brightness(colour) - brightness(other)) < least) {
      colour = colour();
    }
    return colour;
  }

  private static double brightness(double[] colour) {
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2];
  }

  private double[] slope(double most) {
    return new double[] {uniform(-most, most), uniform(-most, most), uniform(-most, most)};
  }

  private Blob blob() {
    double radius = side * uniform(0.04, 0.12);
    return new Blob(uniform(0, side), uniform(0, side), radius, random.nextBoolean(), colour());
  }

  /** A small disc or square in the background. */
  private static final class Blob {
    final double x;
    final double y;
    final double radius;
    final boolean round;
    final double[] colour;

    Blob(double x, double y, double radius, boolean round, double[] colour) {
      this.x = x;
      this.y = y;
      this.radius = radius;
      this.round = round;
      this.colour = colour;
    }

    boolean contains(double px, double py) {
      double dx = Math.abs(px - x);
      double dy = Math.abs(py - y);
      return round ? dx * dx + dy * dy < radius * radius : Math.max(dx, dy) < radius;
    }
  }
}
