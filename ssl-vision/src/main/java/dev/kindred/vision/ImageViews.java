package dev.kindred.vision;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Mixing;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.runtime.Require;
import dev.kindred.vision.augment.Augmentation;
import dev.kindred.vision.augment.CenterCrop;
import dev.kindred.vision.augment.Crop;
import dev.kindred.vision.augment.ImageBatch;
import dev.kindred.vision.augment.ImageMixing;
import dev.kindred.vision.augment.Normalization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Images as normalised views {@code [batch, size, size, 3]}, each by its own list of random
 * augmentations. Immutable.
 *
 * <p>On the host an image is laid uncut on a square canvas of uint8 pixels, after it was shrunk if
 * its longer side exceeds the canvas; everything else happens in the graph. A large canvas keeps
 * more detail for small crops and costs memory and time: for images of one small size, such as
 * CIFAR's, make it that size.
 *
 * <pre>{@code
 * ImageViews cifar = ImageViews.simClr(32).canvas(32);
 * ImageViews own =
 *     ImageViews.builder(64)
 *         .views(2, List.of(RandomResizedCrop.to(64), HorizontalFlip.standard()))
 *         .build();
 * }</pre>
 */
public final class ImageViews implements ViewPipeline<Image, Operand<TFloat32>> {
  /** What kind of example these views are for. */
  public static final String DOMAIN = "image";

  private final int size;
  private final int canvas;
  private final Normalization normalization;
  private final List<List<Augmentation>> views;
  private final @Nullable ImageMixing mixing;
  private final ImagePacker packer;

  private ImageViews(
      int size,
      int canvas,
      Normalization normalization,
      List<List<Augmentation>> views,
      @Nullable ImageMixing mixing) {
    Require.atLeastOne("size", size);
    Require.atLeastOne("canvas", canvas);
    Require.that(!views.isEmpty(), "views", "at least one", "none");
    views.forEach(ImageViews::requireOneCropFirst);
    this.size = size;
    this.canvas = canvas;
    this.normalization = normalization;
    this.views = views.stream().map(List::copyOf).toList();
    this.mixing = mixing;
    this.packer = new ImagePacker(canvas);
  }

  /**
   * SimCLR's two views for small images: no blur, jitter of strength 0.5, as lightly's CIFAR-10
   * script has them.
   *
   * @param size the side of the views, in pixels
   */
  public static ImageViews simClr(int size) {
    return ViewPreset.SIMCLR.views(size);
  }

  /**
   * SimCLR's two views for images like ImageNet's: jitter of strength 1 and blur (Chen et al. 2020,
   * appendix A).
   *
   * @param size the side of the views, in pixels
   */
  public static ImageViews simClrImageNet(int size) {
    return ViewPreset.SIMCLR_IMAGENET.views(size);
  }

  /**
   * The views of a preset.
   *
   * @param preset one of {@link #presets}
   * @param size the side of the views, in pixels
   * @throws IllegalArgumentException if there is no such preset
   */
  public static ImageViews of(String preset, int size) {
    return ViewPreset.named(preset).views(size);
  }

  /** The names that {@link #of} knows, each with what it is and the source that it follows. */
  public static Map<String, String> presets() {
    return ViewPreset.descriptions();
  }

  /** Starts own views of {@code size} by {@code size} pixels. */
  public static Builder builder(int size) {
    return new Builder(size);
  }

  /**
   * The views that {@code settings}, as made by {@link #settings}, describe.
   *
   * @throws IllegalArgumentException if a setting is missing or not allowed, or an augmentation is
   *     not one of this library
   */
  public static ImageViews fromSettings(Map<String, ?> settings) {
    return ViewSettings.read(settings);
  }

  /** These views of images on a canvas of {@code side} by {@code side} pixels. */
  public ImageViews canvas(int side) {
    return new ImageViews(size, side, normalization, views, mixing);
  }

  /** These views, blended so for methods that learn from blends, as i-Mix does. */
  public ImageViews mixing(ImageMixing how) {
    return new ImageViews(size, canvas, normalization, views, how);
  }

  @Override
  public Optional<Mixing<Operand<TFloat32>>> mixing() {
    return Optional.ofNullable(mixing);
  }

  /** The side of the views of {@link #inference}, in pixels. */
  public int size() {
    return size;
  }

  /** The side of the square on which images are laid, in pixels. */
  int canvas() {
    return canvas;
  }

  /** How every view is normalised. */
  public Normalization normalization() {
    return normalization;
  }

  @Override
  public String domain() {
    return DOMAIN;
  }

  @Override
  public int views() {
    return views.size();
  }

  /**
   * {@inheritDoc}
   *
   * <p>These are {@code pixels}, uint8 {@code [batch, 3, canvas, canvas]}, each image plane by
   * plane in the top left corner, and {@code extents}, int32 {@code [batch, 2]}, its height and
   * width.
   */
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

  /**
   * {@inheritDoc}
   *
   * <p>It is the largest square in the middle of the image, resized to {@link #size}; an image that
   * has this size stays as it is.
   */
  @Override
  public ImageViews inference() {
    return new ImageViews(
        size, canvas, normalization, List.of(List.of(new CenterCrop(size))), null);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("size", size);
    settings.put("canvas", canvas);
    settings.put("mean", normalization.mean());
    settings.put("std", normalization.std());
    settings.put(
        "views",
        views.stream()
            .<Object>map(view -> view.stream().map(Augmentation::settings).toList())
            .toList());
    if (mixing != null) {
      settings.put("mixing", mixing.label());
    }
    return settings;
  }

  private Operand<TFloat32> view(
      ImageBatch images, List<Augmentation> augmentations, Randomness randomness) {
    ImageBatch changed = images;
    for (int i = 0; i < augmentations.size(); i++) {
      changed = augmentations.get(i).apply(changed, randomness.child("augmentation" + i));
    }
    return changed.normalized(normalization);
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

  private static void requireOneCropFirst(List<Augmentation> view) {
    Require.that(
        view.stream().filter(Crop.class::isInstance).count() == 1 && view.get(0) instanceof Crop,
        "a view",
        "a crop and then no other crop",
        view);
  }

  /** Puts views together. */
  public static final class Builder {
    private static final int CANVAS_PER_SIZE = 2;

    private final int size;
    private final List<List<Augmentation>> views = new ArrayList<>();
    private int canvas;
    private Normalization normalization = Normalization.IMAGENET;

    private Builder(int size) {
      this.size = size;
      this.canvas = CANVAS_PER_SIZE * size;
    }

    /** Adds a view; its first augmentation is its only {@link Crop}. */
    public Builder view(List<Augmentation> augmentations) {
      return views(1, augmentations);
    }

    /** Adds {@code count} views, equal but for their random numbers. */
    public Builder views(int count, List<Augmentation> augmentations) {
      Require.atLeastOne("count", count);
      views.addAll(Collections.nCopies(count, augmentations));
      return this;
    }

    /** The side of the canvas; twice the size of the views unless told. */
    public Builder canvas(int side) {
      this.canvas = side;
      return this;
    }

    /** The normalisation; {@link Normalization#IMAGENET} unless told. */
    public Builder normalization(Normalization statistics) {
      this.normalization = statistics;
      return this;
    }

    /**
     * The views.
     *
     * @throws IllegalArgumentException if there is no view, one does not begin with its only crop,
     *     or the size or the canvas is below 1
     */
    public ImageViews build() {
      return new ImageViews(size, canvas, normalization, views, null);
    }
  }
}
