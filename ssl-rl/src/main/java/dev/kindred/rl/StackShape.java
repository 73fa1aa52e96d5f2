package dev.kindred.rl;

import dev.kindred.rl.data.Clip;
import dev.kindred.rl.data.Recording;
import dev.kindred.rl.env.Frame;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * The shape of an observation: a stack of pictures.
 *
 * @param stack how many pictures, {@code >= 1}
 * @param channels the planes of each: 3 for colours, 1 for grey
 * @param height pixels
 * @param width pixels
 */
public record StackShape(int stack, int channels, int height, int width) {
  /** Checks the numbers. */
  public StackShape {
    Require.atLeastOne("stack", stack);
    Require.atLeastOne("channels", channels);
    Require.atLeastOne("height", height);
    Require.atLeastOne("width", width);
  }

  /** Stacks of the pictures of a recording. */
  public static StackShape of(Recording recording, int stack) {
    return new StackShape(stack, recording.channels(), recording.height(), recording.width());
  }

  static StackShape of(Map<String, ?> settings) {
    return new StackShape(
        number(settings, "stack"),
        number(settings, "channels"),
        number(settings, "height"),
        number(settings, "width"));
  }

  static int number(Map<String, ?> settings, String name) {
    if (!(settings.get(name) instanceof Number number)) {
      throw new IllegalArgumentException(
          "%s must be a number, was %s".formatted(name, settings.get(name)));
    }
    return number.intValue();
  }

  /** The bytes of one picture. */
  public int frameSize() {
    return channels * height * width;
  }

  /** A batch of them. */
  Shape batch() {
    return Shape.of(Shape.UNKNOWN_SIZE, stack, channels, height, width);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("stack", stack);
    settings.put("channels", channels);
    settings.put("height", height);
    settings.put("width", width);
    return settings;
  }

  /** Whether a clip has pictures of this shape, and enough of them. */
  void require(Clip clip, int length) {
    if (clip.channels() != channels
        || clip.height() != height
        || clip.width() != width
        || clip.length() < length) {
      throw new IllegalArgumentException(
          "an example must have %d or more pictures of [%d, %d, %d], had %d of [%d, %d, %d]"
              .formatted(
                  length,
                  channels,
                  height,
                  width,
                  clip.length(),
                  clip.channels(),
                  clip.height(),
                  clip.width()));
    }
  }

  /**
   * Checks that an observation is of this shape.
   *
   * @throws IllegalArgumentException if it is not
   */
  public void require(Frame observation) {
    if (observation.channels() != stack * channels
        || observation.height() != height
        || observation.width() != width) {
      throw new IllegalArgumentException(
          "an observation must be [%d, %d, %d] (%d pictures of %d channels), was %s"
              .formatted(stack * channels, height, width, stack, channels, observation));
    }
  }
}
