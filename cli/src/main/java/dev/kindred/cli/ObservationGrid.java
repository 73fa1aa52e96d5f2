package dev.kindred.cli;

import dev.kindred.data.DrawnViews;
import dev.kindred.rl.ObservationViews;
import dev.kindred.rl.StackShape;
import dev.kindred.rl.TimePairs;
import dev.kindred.rl.augment.ObservationAugmentation;
import dev.kindred.rl.data.Clip;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recording;
import dev.kindred.runtime.Require;
import dev.kindred.vision.Image;
import dev.kindred.vision.PictureGrid;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.types.TFloat32;

/** Observations of a recording, and views of them: pictures, for a picture is one of a stack. */
final class ObservationGrid {
  /** Each draw gives two views. */
  private static final int DRAWS = 3;

  private static final int LEVELS = 255;

  private ObservationGrid() {}

  /**
   * A row for each of {@code rows} random pictures: itself, and what training would see instead.
   *
   * @param seed what chooses the pictures and every random number
   */
  static PictureGrid of(
      Recording recording, ObservationAugmentation[] augmentations, int rows, int seed) {
    Require.atLeastOne("--rows", rows);
    ObservationViews views =
        ObservationViews.of(StackShape.of(recording, 1), TimePairs.same(), augmentations);
    try (Clips clips = Clips.of(recording, 1, 0)) {
      int[] chosen = chosen(clips, rows, seed);
      List<Clip> examples = IntStream.of(chosen).mapToObj(clips::get).toList();
      List<List<BufferedImage>> grid = new ArrayList<>();
      for (int row : chosen) {
        grid.add(new ArrayList<>(List.of(Film.picture(recording.frame(clips.frame(row))))));
      }
      DrawnViews.draw(views, examples, seed, DRAWS, view -> add(grid, view));
      return PictureGrid.of(grid);
    }
  }

  private static int[] chosen(Clips clips, int rows, int seed) {
    return new SplittableRandom(seed)
        .ints(0, clips.size())
        .distinct()
        .limit(Math.min(rows, clips.size()))
        .toArray();
  }

  private static void add(List<List<BufferedImage>> grid, TFloat32 view) {
    for (int row = 0; row < grid.size(); row++) {
      grid.get(row).add(picture(view.get(row)));
    }
  }

  /** Colours in {@code [-0.5, 0.5]}, {@code [height, width, channels]}, as a picture. */
  private static BufferedImage picture(FloatNdArray view) {
    int height = (int) view.shape().get(0);
    int width = (int) view.shape().get(1);
    int channels = (int) view.shape().get(2);
    byte[] pixels = new byte[Image.CHANNELS * height * width];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / (height * width) % channels;
      double colour = view.getFloat(i / width % height, i % width, channel) + 0.5;
      pixels[i] = (byte) Math.rint(LEVELS * Math.max(0, Math.min(1, colour)));
    }
    return new Image(height, width, pixels).toBufferedImage();
  }
}
