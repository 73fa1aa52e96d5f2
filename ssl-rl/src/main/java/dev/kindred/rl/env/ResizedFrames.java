package dev.kindred.rl.env;

/**
 * Observes pictures at another size, aspect not kept: each new pixel is the average of the area
 * that it covers of the old picture, pixels that it covers in part counting in part, rounded.
 *
 * @param <A> an action
 */
public final class ResizedFrames<A> extends Wrapper<Frame, Frame, A> {
  private final Axis rows;
  private final Axis columns;

  /**
   * Resizes the pictures of {@code inner}, which becomes this environment's.
   *
   * @param height pixels, {@code >= 1}
   * @param width pixels, {@code >= 1}
   */
  public ResizedFrames(Environment<Frame, A> inner, int height, int width) {
    super(inner, new Space.Pixels(Space.Pixels.of(inner).channels(), height, width));
    Space.Pixels old = Space.Pixels.of(inner);
    rows = new Axis(old.height(), height);
    columns = new Axis(old.width(), width);
  }

  @Override
  protected Frame next(Frame frame) {
    byte[] resized = new byte[frame.channels() * rows.size * columns.size];
    int at = 0;
    for (int channel = 0; channel < frame.channels(); channel++) {
      int plane = channel * frame.height() * frame.width();
      for (int y = 0; y < rows.size; y++) {
        for (int x = 0; x < columns.size; x++) {
          resized[at++] = (byte) (average(frame, plane, y, x) + 0.5);
        }
      }
    }
    return new Frame(frame.channels(), rows.size, columns.size, resized);
  }

  private double average(Frame frame, int plane, int y, int x) {
    double sum = 0;
    for (int row = rows.first[y]; row < rows.end[y]; row++) {
      int start = plane + row * frame.width();
      double line = 0;
      for (int column = columns.first[x]; column < columns.end[x]; column++) {
        line += columns.share(x, column) * (frame.samples()[start + column] & 0xFF);
      }
      sum += rows.share(y, row) * line;
    }
    return sum;
  }

  /** Which of the old pixels each of the new ones covers, along one side. */
  private static final class Axis {
    private final int size;
    private final double scale;
    private final int[] first;
    private final int[] end;

    private Axis(int old, int size) {
      this.size = size;
      scale = (double) old / size;
      first = new int[size];
      end = new int[size];
      for (int i = 0; i < size; i++) {
        first[i] = (int) ((long) i * old / size);
        end[i] = (int) (((i + 1L) * old + size - 1) / size);
      }
    }

    /** How much of new pixel {@code i} is old pixel {@code j}. */
    private double share(int i, int j) {
      double from = Math.max(j, i * scale);
      double to = Math.min(j + 1, (i + 1) * scale);
      return Math.max(0, to - from) / scale;
    }
  }
}
