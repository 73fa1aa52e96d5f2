package dev.kindred.cli;

import dev.kindred.evaluation.ExactSearch;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recording;
import dev.kindred.vision.PictureGrid;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Observations of one recording, and what is most like each in another. */
final class ObservationNeighbours {
  private static final int QUERIES = 8;
  private static final int SHOWN = 5;

  /** So many are searched, that several episodes are among them. */
  private static final int SEARCHED = 200;

  private final ObservationEncoder encoder;
  private final Recording known;
  private final Recording asked;

  private ObservationNeighbours(ObservationEncoder encoder, Recording known, Recording asked) {
    this.encoder = encoder;
    this.known = known;
    this.asked = asked;
  }

  /**
   * A row for each of some observations of {@code asked}: itself, and the nearest of each of those
   * episodes of {@code known} that are nearest, each as the last picture of its stack.
   */
  static PictureGrid of(ObservationEncoder encoder, Recording known, Recording asked) {
    return new ObservationNeighbours(encoder, known, asked).grid();
  }

  private PictureGrid grid() {
    try (Clips bank = ObservationModel.clips(known, encoder);
        Clips queries = ObservationModel.clips(asked, encoder);
        ExactSearch search = new ExactSearch(encoder.embed(bank))) {
      List<List<BufferedImage>> rows = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        int query = (2 * i + 1) * queries.size() / (2 * QUERIES);
        float[] wanted = encoder.embed(List.of(queries.get(query)))[0];
        List<BufferedImage> row = new ArrayList<>();
        row.add(Film.picture(asked.frame(queries.frame(query))));
        nearest(bank, search.nearest(wanted, SEARCHED))
            .forEach(found -> row.add(Film.picture(known.frame(bank.frame(found)))));
        rows.add(row);
      }
      return PictureGrid.of(rows);
    }
  }

  /** Of each episode its nearest: the observations before and after that look the same. */
  private static List<Integer> nearest(Clips bank, List<Neighbour> found) {
    Set<Integer> episodes = new HashSet<>();
    return found.stream()
        .map(Neighbour::row)
        .filter(row -> episodes.add(bank.group(row)))
        .limit(SHOWN)
        .toList();
  }
}
