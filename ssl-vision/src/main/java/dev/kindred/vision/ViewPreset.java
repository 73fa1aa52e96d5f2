package dev.kindred.vision;

import dev.kindred.vision.augment.Augmentation;
import dev.kindred.vision.augment.ColorJitter;
import dev.kindred.vision.augment.GaussianBlur;
import dev.kindred.vision.augment.Grayscale;
import dev.kindred.vision.augment.HorizontalFlip;
import dev.kindred.vision.augment.RandAugment;
import dev.kindred.vision.augment.RandomResizedCrop;
import dev.kindred.vision.augment.Rotation;
import dev.kindred.vision.augment.Solarize;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Views that papers and reference implementations use. */
enum ViewPreset {
  SIMCLR("small images: no blur, jitter of strength 0.5; lightly's CIFAR-10 script") {
    @Override
    ImageViews views(int size) {
      return pair(size, colored(RandomResizedCrop.to(size), ColorJitter.ofStrength(0.5)));
    }
  },
  SIMCLR_IMAGENET("blur, jitter of strength 1; SimCLR, Chen et al. 2020, appendix A") {
    @Override
    ImageViews views(int size) {
      return pair(
          size,
          with(
              colored(RandomResizedCrop.to(size), ColorJitter.ofStrength(1)),
              GaussianBlur.of(size)));
    }
  },
  MOCO_V2("crops of at least 0.2, jitter 0.4 with hue 0.1, blur; MoCo v2, Chen et al. 2020") {
    @Override
    ImageViews views(int size) {
      return pair(
          size, with(colored(large(size), ColorJitter.ofStrength(0.5)), GaussianBlur.of(size)));
    }
  },
  SIMSIAM("small images: crops of at least 0.2, no blur; SimSiam, Chen and He 2021, appendix D") {
    @Override
    ImageViews views(int size) {
      return pair(size, colored(large(size), ColorJitter.ofStrength(0.5)));
    }
  },
  BYOL("two unlike views: blur 1 and 0.1, solarize 0 and 0.2; BYOL, Grill et al. 2020, table 6") {
    @Override
    ImageViews views(int size) {
      ColorJitter jitter = new ColorJitter(0.4, 0.4, 0.2, 0.1, ColorJitter.DEFAULT_PROBABILITY);
      List<Augmentation> shared = colored(RandomResizedCrop.to(size), jitter);
      GaussianBlur blur = GaussianBlur.of(size);
      return ImageViews.builder(size)
          .view(with(shared, blur.withProbability(1)))
          .view(with(with(shared, blur.withProbability(0.1)), Solarize.standard()))
          .build();
    }
  },
  MULTI_CROP("two large crops and four small of half the side; SwAV, Caron et al. 2020, and DINO") {
    @Override
    ImageViews views(int size) {
      ColorJitter jitter = ColorJitter.ofStrength(0.5);
      RandomResizedCrop large = RandomResizedCrop.to(size).withScale(0.14, 1);
      RandomResizedCrop small = RandomResizedCrop.to(Math.max(1, size / 2)).withScale(0.05, 0.14);
      return ImageViews.builder(size)
          .views(2, colored(large, jitter))
          .views(4, colored(small, jitter))
          .build();
    }
  },
  RAND_AUGMENT(
      "crop, flip and two random operations of magnitude 9; RandAugment, Cubuk et al. 2020") {
    @Override
    ImageViews views(int size) {
      return pair(
          size,
          List.of(RandomResizedCrop.to(size), HorizontalFlip.standard(), RandAugment.standard()));
    }
  },
  DIGITS("characters and other marks: crops of at least 0.4, turns by up to 15 degrees, no flip") {
    @Override
    ImageViews views(int size) {
      return pair(size, List.of(RandomResizedCrop.to(size).withScale(0.4, 1), Rotation.upTo(15)));
    }
  },
  SHAPES(
      "drawn shapes whose colours say nothing: crops of at least 0.5, all hues, grey, inversion") {
    @Override
    ImageViews views(int size) {
      return pair(
          size,
          List.of(
              RandomResizedCrop.to(size).withScale(0.5, 1),
              HorizontalFlip.standard(),
              new ColorJitter(0.8, 0.8, 0.8, 0.5, 1),
              new Grayscale(0.5),
              new Solarize(0.5, 0.3)));
    }
  },
  SUPERVISED("one view for training with labels: crops of at least 0.5, flips") {
    @Override
    ImageViews views(int size) {
      return ImageViews.builder(size)
          .view(List.of(RandomResizedCrop.to(size).withScale(0.5, 1), HorizontalFlip.standard()))
          .build();
    }
  },
  CROP("crops and flips only: the control that shows what colours add") {
    @Override
    ImageViews views(int size) {
      return pair(size, List.of(RandomResizedCrop.to(size), HorizontalFlip.standard()));
    }
  };

  private final String description;

  ViewPreset(String description) {
    this.description = description;
  }

  abstract ImageViews views(int size);

  static ViewPreset named(String name) {
    return Arrays.stream(values())
        .filter(preset -> preset.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "views must be one of %s, was %s"
                        .formatted(String.join(", ", descriptions().keySet()), name)));
  }

  static Map<String, String> descriptions() {
    Map<String, String> descriptions = new LinkedHashMap<>();
    for (ViewPreset preset : values()) {
      descriptions.put(preset.label(), preset.description);
    }
    return java.util.Collections.unmodifiableMap(descriptions);
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ImageViews pair(int size, List<Augmentation> view) {
    return ImageViews.builder(size).views(2, view).build();
  }

  private static RandomResizedCrop large(int size) {
    return RandomResizedCrop.to(size).withScale(0.2, 1);
  }

  private static List<Augmentation> colored(RandomResizedCrop crop, ColorJitter jitter) {
    return List.of(crop, HorizontalFlip.standard(), jitter, Grayscale.standard());
  }

  private static List<Augmentation> with(List<Augmentation> view, Augmentation last) {
    List<Augmentation> longer = new java.util.ArrayList<>(view);
    longer.add(last);
    return longer;
  }
}
