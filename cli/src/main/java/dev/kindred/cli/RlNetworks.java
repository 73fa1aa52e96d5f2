package dev.kindred.cli;

import dev.kindred.rl.PixelEncoder;
import dev.kindred.rl.augment.ObservationAugmentation;
import dev.kindred.rl.augment.RandomColours;
import dev.kindred.rl.augment.RandomConvolution;
import dev.kindred.rl.augment.RandomCrop;
import dev.kindred.rl.augment.RandomCutout;
import dev.kindred.rl.augment.RandomIntensity;
import dev.kindred.rl.augment.RandomShift;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Networks of observations and what is done to their views, by name. */
final class RlNetworks {
  /** The encoder unless told. */
  static final String NATURE = "nature";

  /** How much of a side a crop keeps: 84 of 100 pixels, as CURL. */
  private static final double CROP = 0.84;

  static final Catalogue<PixelEncoder> ENCODERS =
      new Catalogue<PixelEncoder>("observation encoder")
          .with("curl", PixelEncoder.curl(), "observations; Laskin et al. 2020, arXiv:2004.04136")
          .with("mid", PixelEncoder.mid(), "observations; between the other two")
          .with(
              NATURE,
              PixelEncoder.nature(),
              "observations; Mnih et al. 2015, doi:10.1038/nature14236");

  private static final Catalogue<IntFunction<ObservationAugmentation>> VIEWS =
      new Catalogue<IntFunction<ObservationAugmentation>>("view")
          .with("shift", side -> RandomShift.standard(), "moved by up to 4 pixels; DrQ")
          .with("shift2", side -> new RandomShift(2), "moved by up to 2 pixels")
          .with("crop", side -> new RandomCrop((int) (CROP * side)), "84 % of each side; CURL")
          .with("intensity", side -> RandomIntensity.standard(), "lighter or darker; DrQ")
          .with("jitter", side -> RandomColours.jitter(), "other colours; RAD")
          .with("grey", side -> RandomColours.grey(0.3), "grey for 3 in 10; RAD")
          .with("cutout", side -> RandomCutout.standard(), "a black rectangle; RAD")
          .with("cutout-colour", side -> new RandomCutout(10, 30, true), "a coloured one; RAD")
          .with(
              "convolution",
              side -> new RandomConvolution(1),
              "through random filters; Lee et al. 2019");

  private RlNetworks() {}

  /**
   * What is done to a view.
   *
   * @param names with commas between them; {@code none} for nothing
   * @param side the side of a picture in pixels
   * @throws IllegalArgumentException if one is none
   */
  static ObservationAugmentation[] views(String names, int side) {
    return names.equals("none")
        ? new ObservationAugmentation[0]
        : Arrays.stream(names.split(",", -1))
            .map(name -> VIEWS.get(name.strip()).apply(side))
            .toArray(ObservationAugmentation[]::new);
  }
}
