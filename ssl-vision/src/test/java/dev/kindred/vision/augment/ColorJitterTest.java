package dev.kindred.vision.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColorJitterTest {
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };
  private static final CenterCrop WHOLE = new CenterCrop(12);

  @Test
  void equalsTheReferenceInAllOrders() {
    List<Picture> pictures = Picture.batch(200, 12, 12);
    ColorJitter jitter = new ColorJitter(0.8, 0.8, 0.8, 0.5, 0.8);
    Map<String, Integer> orders = new HashMap<>();
    try (Augmented graph = new Augmented(12, WHOLE, jitter)) {
      float[][] views = graph.run(1, pictures);
      float[][] draws = graph.draws(1, "jitter", 1, pictures, 7);
      for (int b = 0; b < pictures.size(); b++) {
        double[][][] expected = pictures.get(b).planes();
        orders.merge(apply(jitter, expected, draws, b), 1, Integer::sum);
        assertThat(views[b])
            .as("picture %d", b)
            .containsExactly(Reference.flat(expected), within(2e-4f));
      }
    }
    assertThat(orders).hasSize(25);
    // 40 of 200 are left alone; 5.66 is their standard deviation.
    assertThat(orders.get("none")).isBetween(17, 63);
  }

  @Test
  void chargesAllOrdersEqually() {
    List<Picture> pictures = Picture.copies(2400, Picture.random(1, 1, 0));
    int[] counts = new int[24];
    try (Augmented graph = new Augmented(1, new CenterCrop(1), ColorJitter.ofStrength(1))) {
      float[][] draws = graph.draws(1, "jitter", 5, pictures, 7);
      for (int b = 0; b < pictures.size(); b++) {
        counts[6 * (int) (4 * draws[1][b]) + (int) (6 * draws[2][b])]++;
      }
    }
    double chiSquared = 0;
    for (int count : counts) {
      chiSquared += (count - 100) * (count - 100) / 100.0;
    }
    assertThat(chiSquared).as("23 degrees of freedom").isLessThan(60);
  }

  @Test
  void ofNoStrengthChangesNothing() {
    List<Picture> pictures = Picture.batch(50, 12, 12);
    try (Augmented graph = new Augmented(12, WHOLE, new ColorJitter(0, 0, 0, 0, 1))) {
      float[][] views = graph.run(0, pictures);
      for (int b = 0; b < views.length; b++) {
        assertThat(views[b])
            .containsExactly(Reference.flat(pictures.get(b).planes()), within(2e-6f));
      }
    }
  }

  @Test
  void worksForEveryBatchSizeInOneGraph() {
    try (Augmented graph = new Augmented(12, WHOLE, ColorJitter.ofStrength(1))) {
      for (int count : new int[] {1, 2, 3, 17}) {
        assertThat(graph.run(0, Picture.batch(count, 12, 12))).hasDimensions(count, 3 * 144);
      }
    }
  }

  @Test
  void refusesWrongSettings() {
    assertThatThrownBy(() -> new ColorJitter(-1, 0, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("brightness must be finite and >= 0, was -1.0");
    assertThatThrownBy(() -> new ColorJitter(0, Double.NaN, 0, 0, 1))
        .hasMessage("contrast must be finite and >= 0, was NaN");
    assertThatThrownBy(() -> new ColorJitter(0, 0, 0, 0.6, 1))
        .hasMessage("hue must be in [0, 0.5], was 0.6");
    assertThatThrownBy(() -> new ColorJitter(0, 0, 0, 0, 1.1))
        .hasMessage("probability must be in [0, 1], was 1.1");
  }

  /** Changes {@code planes} as the draws of image {@code b} say, and tells the order. */
  private static String apply(ColorJitter jitter, double[][][] planes, float[][] draws, int b) {
    if (draws[0][b] >= jitter.probability()) {
      return "none";
    }
    double[] reaches = {jitter.brightness(), jitter.contrast(), jitter.saturation()};
    StringBuilder order = new StringBuilder();
    for (int slot = 0; slot < 4; slot++) {
      if (slot == (int) (4 * draws[1][b])) {
        Reference.turnHue(planes, jitter.hue() * (2 * draws[6][b] - 1));
        order.append('h');
      }
      if (slot < 3) {
        int change = ORDERS[(int) (6 * draws[2][b])][slot];
        double low = Math.max(0, 1 - reaches[change]);
        double factor = low + draws[3 + change][b] * (1 + reaches[change] - low);
        Reference.blend(planes, change, factor);
        order.append(change);
      }
    }
    return order.toString();
  }
}
