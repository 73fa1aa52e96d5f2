package dev.kindred.vision.augment;

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
    Check.that(
        mean.size() == 3 && mean.stream().allMatch(Double::isFinite),
        "mean must be three numbers, was " + mean);
    Check.that(
        std.size() == 3 && std.stream().allMatch(s -> s > 0 && Double.isFinite(s)),
        "std must be three numbers > 0, was " + std);
  }
}
