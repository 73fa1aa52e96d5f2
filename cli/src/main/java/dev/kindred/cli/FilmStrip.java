package dev.kindred.cli;

import dev.kindred.vision.PictureGrid;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures of an episode side by side: evenly spaced ones, and the last. */
final class FilmStrip implements Film {
  private static final int COLUMNS = 6;
  private static final int MOST = 24;

  private final List<BufferedImage> kept = new ArrayList<>();
  private @Nullable BufferedImage last;
  private int every = 1;
  private int count;

  @Override
  public void add(BufferedImage picture) {
    if (count % every == 0) {
      thin();
    }
    if (count % every == 0) {
      kept.add(picture);
    }
    last = picture;
    count++;
  }

  /**
   * How long an episode is shows at its end, so that every other picture goes when all are full.
   */
  private void thin() {
    if (kept.size() == MOST) {
      for (int i = MOST - 1; i > 0; i -= 2) {
        kept.remove(i);
      }
      every *= 2;
    }
  }

  @Override
  public byte[] bytes() {
    if (last != null && kept.get(kept.size() - 1) != last) {
      kept.add(last);
    }
    List<List<BufferedImage>> rows = new ArrayList<>();
    for (int from = 0; from < kept.size(); from += COLUMNS) {
      rows.add(kept.subList(from, Math.min(kept.size(), from + COLUMNS)));
    }
    return PictureGrid.of(rows).png();
  }
}
