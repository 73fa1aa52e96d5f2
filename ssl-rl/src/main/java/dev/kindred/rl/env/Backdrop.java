package dev.kindred.rl.env;

import java.util.Map;

/**
 * What is painted behind a world: its own colour, or distractors that have nothing to do with it. A
 * backdrop moves at every step of an episode, and is a function of its seed and the number of
 * steps. Confined to one thread.
 */
public interface Backdrop {
  /** Begins an episode. */
  void begin(long seed);

  /**
   * Paints.
   *
   * @param canvas covered all over
   * @param step how many steps the episode has had
   * @param colour the colour that the world would have behind it
   */
  void paint(Canvas canvas, int step, int colour);

  /** Everything that defines this backdrop, in JSON types; {@code name} is always there. */
  Map<String, Object> settings();

  /** The world's own colour, all over. */
  static Backdrop plain() {
    return new Backdrop() {
      @Override
      public void begin(long seed) {}

      @Override
      public void paint(Canvas canvas, int step, int colour) {
        canvas.clear(colour);
      }

      @Override
      public Map<String, Object> settings() {
        return Map.of("name", "plain");
      }
    };
  }
}
