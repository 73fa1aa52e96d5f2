package dev.kindred.vision.augment;

import dev.kindred.runtime.Require;
import java.util.List;

/**
 * The last step of every view: {@code (x - mean) / std} for each channel of colours in {@code [0,
 * 1]}.
 *
 * @param mean of red, green and blue
 * @param std of red, green and blue, above 0
 */
public record Normalization(List<Double> mean, List<Double> std) {
  /** The statistics of ImageNet, which torchvision, lightly and solo-learn use. */
  public static final Normalization IMAGENET =
      new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** Leaves colours in {@code [0, 1]}. */
  public static final Normalization NONE =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  /** Checks the settings. */
  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    Require.that(
        mean.size() == 3 && mean.stream().allMatch(Double::isFinite),
        "mean",
        "three numbers",
        mean);
    Require.that(
        std.size() == 3 && std.stream().allMatch(s -> s > 0 && Double.isFinite(s)),
        "std",
        "three numbers > 0",
        std);
  }

  /** What colours are multiplied by, as a matrix. */
  float[] scales() {
    float[] matrix = new float[9];
    for (int c = 0; c < 3; c++) {
      matrix[4 * c] = (float) (1 / std.get(c));
    }
    return matrix;
  }

  /** What is added to {@code pixels} pixels afterwards, channel by channel. */
  float[] shifts(int pixels) {
    float[] shifts = new float[3 * pixels];
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = (float) (-mean.get(i % 3) / std.get(i % 3));
    }
    return shifts;
  }
}
