package dev.kindred.vision.data;

import java.util.Locale;

/**
 * The classes of {@link GeneratedShapes}: an outline and a texture, both symmetric about the
 * vertical axis. Coordinates are the shape's own: the origin is its middle, it reaches from -1 to
 * 1, y points down.
 */
enum ShapeClass {
  STRIPED_CIRCLE {
    @Override
    boolean contains(double x, double y) {
      return x * x + y * y < 1;
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      return wave(y, pitch) < 0.5;
    }
  },
  CHECKERED_SQUARE {
    @Override
    boolean contains(double x, double y) {
      return Math.abs(x) < 0.85 && Math.abs(y) < 0.85;
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      return wave(x + pitch / 4, pitch) < 0.5 ^ wave(y, pitch) < 0.5;
    }
  },
  DOTTED_TRIANGLE {
    @Override
    boolean contains(double x, double y) {
      return y < 0.85 && Math.abs(x) < (y + 1) * 0.56;
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      double dx = wave(x, pitch) - 0.5;
      double dy = wave(y, pitch) - 0.5;
      return dx * dx + dy * dy < 0.1;
    }
  },
  RINGED_DIAMOND {
    @Override
    boolean contains(double x, double y) {
      return Math.abs(x) + Math.abs(y) < 1.1;
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      return wave(Math.abs(x) + Math.abs(y), pitch) < 0.5;
    }
  },
  SPLIT_CROSS {
    @Override
    boolean contains(double x, double y) {
      return Math.min(Math.abs(x), Math.abs(y)) < 0.34 && Math.max(Math.abs(x), Math.abs(y)) < 1;
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      return wave(x + pitch / 4, pitch) < 0.5;
    }
  },
  PLAIN_STAR {
    @Override
    boolean contains(double x, double y) {
      return inStar(x, y);
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      return true;
    }
  },
  TWO_TONE_RING {
    @Override
    boolean contains(double x, double y) {
      double square = x * x + y * y;
      return square < 1 && square > 0.3;
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      return x * x + y * y > 0.62;
    }
  },
  GRIDDED_HEART {
    @Override
    boolean contains(double x, double y) {
      double across = Math.abs(x);
      double lobe = (across - 0.47) * (across - 0.47) + (y + 0.35) * (y + 0.35);
      return lobe < 0.25 || (y > -0.35 && across < (1 - y) * 0.72 && across < 0.97);
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      return wave(x + pitch / 8, pitch) < 0.25 || wave(y, pitch) < 0.25;
    }
  },
  ZIGZAG_HEXAGON {
    @Override
    boolean contains(double x, double y) {
      return Math.abs(y) < 0.87 && Math.abs(x) * 0.87 + Math.abs(y) * 0.5 < 0.87;
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      double teeth = Math.abs(wave(x + pitch / 2, pitch * 1.4) - 0.5) * pitch * 1.4;
      return wave(y + teeth, pitch) < 0.5;
    }
  },
  INLAID_HOURGLASS {
    @Override
    boolean contains(double x, double y) {
      return Math.abs(y) < 1 && Math.abs(x) < Math.abs(y) * 0.8 + 0.15;
    }

    @Override
    boolean inked(double x, double y, double pitch) {
      return Math.abs(x) < Math.abs(y) * 0.32;
    }
  };

  private static final ShapeClass[] ALL = values();

  static ShapeClass of(int label) {
    return ALL[label];
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether a point lies within the outline. */
  abstract boolean contains(double x, double y);

  /** Whether a point of the shape has the texture's first colour, not its second. */
  abstract boolean inked(double x, double y, double pitch);

  /** Where {@code value} is within its period, in [0, 1). */
  private static double wave(double value, double pitch) {
    double periods = value / pitch;
    return periods - Math.floor(periods);
  }

  /** A five-pointed star: inside at least four of the five lines that its points lie on. */
  private static boolean inStar(double x, double y) {
    double across = Math.abs(x);
    int inside = y > -0.309 ? 1 : 0;
    inside += 0.951 * across - 0.309 * y < 0.309 ? 1 : 0;
    inside += -0.951 * across - 0.309 * y < 0.309 ? 1 : 0;
    inside += 0.588 * across + 0.809 * y < 0.309 ? 1 : 0;
    inside += -0.588 * across + 0.809 * y < 0.309 ? 1 : 0;
    return inside >= 4;
  }
}
