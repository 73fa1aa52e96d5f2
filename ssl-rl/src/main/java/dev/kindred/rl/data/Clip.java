package dev.kindred.rl.data;

import dev.kindred.rl.env.Frame;

/**
 * Pictures of one episode, one after the other, and the actions between them: a stack that an
 * encoder sees, and as much of what followed as a method asks for.
 *
 * <p>The arrays are not copied; whoever changes them changes the clip.
 *
 * @param length the number of pictures, {@code >= 1}
 * @param channels the planes of each
 * @param height pixels
 * @param width pixels
 * @param frames the pictures, oldest first, each plane by plane
 * @param actions what was done from the last picture of the stack on, one for each that follows it,
 *     {@code [following][numbers]}
 */
public record Clip(
    int length, int channels, int height, int width, byte[] frames, float[][] actions) {
  /** Checks the size. */
  public Clip {
    if ((long) length * channels * height * width != frames.length) {
      throw new IllegalArgumentException(
          "a clip of [%d, %d, %d, %d] must have %d samples, had %d"
              .formatted(
                  length,
                  channels,
                  height,
                  width,
                  (long) length * channels * height * width,
                  frames.length));
    }
  }

  /**
   * A stack of pictures as a clip.
   *
   * @param length how many pictures the stack is of
   * @throws IllegalArgumentException if its channels are no multiple of that
   */
  public static Clip of(Frame stack, int length) {
    if (stack.channels() % length != 0) {
      throw new IllegalArgumentException(
          "a stack of %d pictures must have a multiple of %d channels, had %d"
              .formatted(length, length, stack.channels()));
    }
    return new Clip(
        length,
        stack.channels() / length,
        stack.height(),
        stack.width(),
        stack.samples(),
        new float[0][]);
  }
}
