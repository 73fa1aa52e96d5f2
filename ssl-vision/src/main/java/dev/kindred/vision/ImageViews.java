package dev.kindred.vision;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.vision.augment.Augmentation;
import dev.kindred.vision.augment.CenterCrop;
import dev.kindred.vision.augment.ColorJitter;
import dev.kindred.vision.augment.Grayscale;
import dev.kindred.vision.augment.HorizontalFlip;
import dev.kindred.vision.augment.ImageBatch;
import dev.kindred.vision.augment.Normalization;
import dev.kindred.vision.augment.RandomResizedCrop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Images as normalised views {@code [batch, size, size, 3]}, each view by its own list of random
 * augmentations.
 */
public final class ImageViews implements ViewPipeline<Image, Operand<TFloat32>> {
  /** What kind of example these views are for. */
  public static final String DOMAIN = "image";

  private final int size;
  private final int canvas;
  private final Normalization normalization;
  private final List<List<Augmentation>> views;
  private final ImagePacker packer;

  private ImageViews(
      int size, int canvas, Normalization normalization, List<List<Augmentation>> views) {
    this.size = size;
    this.canvas = canvas;
    this.normalization = normalization;
    this.views = List.copyOf(views);
    this.packer = new ImagePacker(canvas);
  }

  /**
   * Two views for small images: SimCLR's without blur, jitter of strength 0.5, as lightly's
   * CIFAR-10 script has them.
   */
  public static ImageViews simClr(int size) {
    List<Augmentation> view =
        List.of(
            RandomResizedCrop.to(size),
            HorizontalFlip.standard(),
            ColorJitter.ofStrength(0.5),
            Grayscale.standard());
    return new ImageViews(size, 2 * size, Normalization.IMAGENET, Collections.nCopies(2, view));
  }

  /** These views of images on a canvas of another side. */
  public ImageViews canvas(int side) {
    return new ImageViews(size, side, normalization, views);
  }

  @Override
  public String domain() {
    return DOMAIN;
  }

  @Override
  public int views() {
    return views.size();
  }

  @Override
  public List<FeedSpec> feeds() {
    return packer.feeds();
  }

  @Override
  public Feeds pack(List<Image> examples) {
    return packer.pack(examples);
  }

  @Override
  public List<Operand<TFloat32>> build(
      Ops tf, Map<String, Operand<?>> feeds, Randomness randomness) {
    ImageBatch images =
        ImageBatch.of(
            tf,
            fed(feeds, ImagePacker.PIXELS, TUint8.class),
            fed(feeds, ImagePacker.EXTENTS, TInt32.class),
            canvas);
    List<Operand<TFloat32>> built = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      built.add(view(images, views.get(i), randomness.child("view" + i)));
    }
    return built;
  }

  @SuppressWarnings("unchecked") // the type is checked
  private static <T extends TType> Operand<T> fed(
      Map<String, Operand<?>> feeds, String name, Class<T> type) {
    Operand<?> operand = feeds.get(name);
    if (operand == null || operand.type() != type) {
      throw new IllegalArgumentException(
          "feeds must have a %s called %s, was %s".formatted(type.getSimpleName(), name, feeds));
    }
    return (Operand<T>) operand;
  }

  private Operand<TFloat32> view(
      ImageBatch images, List<Augmentation> augmentations, Randomness randomness) {
    ImageBatch changed = images;
    for (int i = 0; i < augmentations.size(); i++) {
      changed = augmentations.get(i).apply(changed, randomness.child("augmentation" + i));
    }
    return changed.normalized(normalization.mean(), normalization.std());
  }

  @Override
  public ImageViews inference() {
    return new ImageViews(size, canvas, normalization, List.of(List.of(new CenterCrop(size))));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "images");
    settings.put("size", size);
    settings.put("canvas", canvas);
    settings.put("mean", normalization.mean());
    settings.put("std", normalization.std());
    settings.put(
        "views", views.stream().map(v -> v.stream().map(Augmentation::settings).toList()).toList());
    return settings;
  }
}
