package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.List;

/**
 * A picture, or a stack of pictures one after the other, as bytes plane by plane: {@code [channels,
 * height, width]}, each plane row by row. A stack has the channels of its oldest picture first.
 *
 * <p>The array is not copied, neither here nor by the accessor; whoever changes it changes the
 * frame. {@link #equals} compares by identity of the array.
 *
 * @param channels the planes: 3 for red, green and blue, 1 for grey, and so many more for a stack
 * @param height pixels
 * @param width pixels
 * @param samples the values, 0 to 255 as unsigned bytes
 */
public record Frame(int channels, int height, int width, byte[] samples) {
  /** Checks the sizes. */
  public Frame {
    Require.atLeastOne("channels", channels);
    Require.atLeastOne("height", height);
    Require.atLeastOne("width", width);
    if ((long) channels * height * width != samples.length) {
      throw new IllegalArgumentException(
          "a frame of [%d, %d, %d] must have %d samples, had %d"
              .formatted(
                  channels, height, width, (long) channels * height * width, samples.length));
    }
  }

  /**
   * Frames of one size as one, their channels one after the other.
   *
   * @param frames the oldest first, at least one
   * @throws IllegalArgumentException if their sizes differ
   */
  public static Frame stack(List<Frame> frames) {
    Require.atLeastOne("frames", frames.size());
    Frame first = frames.get(0);
    int channels = frames.stream().mapToInt(Frame::channels).sum();
    byte[] all = new byte[channels * first.height * first.width];
    int at = 0;
    for (Frame frame : frames) {
      if (frame.height != first.height || frame.width != first.width) {
        throw new IllegalArgumentException(
            "stacked frames must be of one size, were %s and %s".formatted(first, frame));
      }
      System.arraycopy(frame.samples, 0, all, at, frame.samples.length);
      at += frame.samples.length;
    }
    return new Frame(channels, first.height, first.width, all);
  }

  @Override
  public String toString() {
    return "[%d, %d, %d]".formatted(channels, height, width);
  }
}
