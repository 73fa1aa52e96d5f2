package dev.kindred.cli;

import dev.kindred.rl.env.Frame;
import dev.kindred.vision.Image;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/** The pictures of an episode, as the bytes of a file. */
interface Film {
  /**
   * An empty one of the format that the name of {@code file} ends in.
   *
   * @throws IllegalArgumentException if it ends in none
   */
  static Film of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gif")) {
      return new AnimatedGif();
    }
    if (name.endsWith(".png")) {
      return new FilmStrip();
    }
    throw new IllegalArgumentException(
        "--out must end in .gif, for what moves, or in .png, for a strip of pictures, was " + file);
  }

  /** Adds the next picture. */
  void add(BufferedImage picture);

  /** The whole file; nothing is added after this. */
  byte[] bytes();

  /** A frame as a picture; grey ones have three equal colours. */
  static BufferedImage picture(Frame frame) {
    return new Image(frame.height(), frame.width(), colours(frame)).toBufferedImage();
  }

  private static byte[] colours(Frame frame) {
    if (frame.channels() == Image.CHANNELS) {
      return frame.samples();
    }
    int plane = frame.height() * frame.width();
    byte[] colours = new byte[Image.CHANNELS * plane];
    for (int channel = 0; channel < Image.CHANNELS; channel++) {
      System.arraycopy(frame.samples(), 0, colours, channel * plane, plane);
    }
    return colours;
  }
}
