package dev.kindred.vision;

import dev.kindred.vision.augment.Augmentation;
import dev.kindred.vision.augment.ImageMixing;
import dev.kindred.vision.augment.Normalization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@link ImageViews#settings} back. */
final class ViewSettings {
  private ViewSettings() {}

  static ImageViews read(Map<String, ?> settings) {
    ImageViews.Builder builder =
        ImageViews.builder(integer(settings, "size"))
            .canvas(integer(settings, "canvas"))
            .normalization(new Normalization(numbers(settings, "mean"), numbers(settings, "std")));
    list(settings, "views").forEach(view -> builder.view(augmentations(view)));
    ImageViews views = builder.build();
    return settings.containsKey("mixing")
        ? views.mixing(ImageMixing.of(as(settings.get("mixing"), String.class, "mixing")))
        : views;
  }

  private static List<Augmentation> augmentations(Object view) {
    List<?> settings = as(view, List.class, "views");
    return settings.stream().map(ViewSettings::augmentation).toList();
  }

  @SuppressWarnings("unchecked") // the keys of JSON objects are strings
  private static Augmentation augmentation(@Nullable Object settings) {
    return Augmentation.fromSettings((Map<String, ?>) as(settings, Map.class, "views"));
  }

  private static int integer(Map<String, ?> settings, String name) {
    return as(settings.get(name), Number.class, name).intValue();
  }

  private static List<Double> numbers(Map<String, ?> settings, String name) {
    return list(settings, name).stream()
        .map(value -> as(value, Number.class, name).doubleValue())
        .toList();
  }

  private static List<?> list(Map<String, ?> settings, String name) {
    return as(settings.get(name), List.class, name);
  }

  private static <T> T as(@Nullable Object value, Class<T> type, String name) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "the views' setting %s must hold a %s, was %s"
              .formatted(name, type.getSimpleName(), value));
    }
    return type.cast(value);
  }
}
