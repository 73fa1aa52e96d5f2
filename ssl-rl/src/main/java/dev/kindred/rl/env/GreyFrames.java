package dev.kindred.rl.env;

import dev.kindred.runtime.Require;

/**
 * Observes coloured pictures, or stacks of them, in grey: the luma of ITU-R 601, {@code 0.299 red +
 * 0.587 green + 0.114 blue}, rounded.
 *
 * @param <A> an action
 */
public final class GreyFrames<A> extends Wrapper<Frame, Frame, A> {
  private static final int COLOURS = 3;

  /**
   * Observes {@code inner}, which becomes this environment's, in grey.
   *
   * @throws IllegalArgumentException if its pictures have no colours
   */
  public GreyFrames(Environment<Frame, A> inner) {
    super(inner, grey(Space.Pixels.of(inner)));
  }

  private static Space.Pixels grey(Space.Pixels coloured) {
    int channels = coloured.channels();
    Require.that(channels % COLOURS == 0, "channels", "a multiple of 3 to be made grey", channels);
    return new Space.Pixels(channels / COLOURS, coloured.height(), coloured.width());
  }

  @Override
  protected Frame next(Frame coloured) {
    int plane = coloured.height() * coloured.width();
    int channels = coloured.channels() / COLOURS;
    byte[] grey = new byte[channels * plane];
    for (int i = 0; i < grey.length; i++) {
      int red = i / plane * COLOURS * plane + i % plane;
      grey[i] = luma(coloured.samples(), red, plane);
    }
    return new Frame(channels, coloured.height(), coloured.width(), grey);
  }

  private static byte luma(byte[] samples, int red, int plane) {
    int sum =
        299 * (samples[red] & 0xFF)
            + 587 * (samples[red + plane] & 0xFF)
            + 114 * (samples[red + 2 * plane] & 0xFF);
    return (byte) ((sum + 500) / 1000);
  }
}
