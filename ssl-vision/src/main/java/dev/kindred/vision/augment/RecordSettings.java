package dev.kindred.vision.augment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of an augmentation from the components of its record, and back. */
final class RecordSettings {
  private static final Map<String, Class<? extends Record>> BY_NAME =
      Stream.of(
              RandomResizedCrop.class,
              CenterCrop.class,
              HorizontalFlip.class,
              ColorJitter.class,
              Grayscale.class,
              VerticalFlip.class,
              GaussianBlur.class,
              Solarize.class,
              Rotation.class,
              Cutout.class,
              RandAugment.class)
          .collect(Collectors.toMap(RecordSettings::name, Function.identity()));

  private RecordSettings() {}

  static Map<String, Object> of(Record augmentation) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", name(augmentation.getClass()));
    for (RecordComponent component : augmentation.getClass().getRecordComponents()) {
      settings.put(component.getName(), value(augmentation, component));
    }
    return settings;
  }

  static Augmentation read(Map<String, ?> settings) {
    Class<? extends Record> type = BY_NAME.get(String.valueOf(settings.get("name")));
    if (type == null) {
      throw new IllegalArgumentException(
          "augmentation must be one of %s, was %s"
              .formatted(BY_NAME.keySet().stream().sorted().toList(), settings.get("name")));
    }
    return create(type, settings);
  }

  /** {@code RandomResizedCrop} as {@code random-resized-crop}. */
  static String name(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private static Augmentation create(Class<? extends Record> type, Map<String, ?> settings) {
    List<RecordComponent> components = List.of(type.getRecordComponents());
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = components.stream().map(c -> number(c, settings)).toArray();
    try {
      return (Augmentation) type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw refused(type, e.getTargetException());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is not a plain record of numbers", e);
    }
  }

  private static IllegalArgumentException refused(Class<?> type, Throwable reason) {
    return new IllegalArgumentException(name(type) + ": " + reason.getMessage(), reason);
  }

  private static Object number(RecordComponent component, Map<String, ?> settings) {
    if (!(settings.get(component.getName()) instanceof Number number)) {
      throw new IllegalArgumentException(
          "%s.%s must be a number, was %s"
              .formatted(
                  settings.get("name"), component.getName(), settings.get(component.getName())));
    }
    // Not a conditional expression: that would widen the int to a double.
    if (component.getType() == int.class) {
      return number.intValue();
    }
    return number.doubleValue();
  }

  private static Object value(Record augmentation, RecordComponent component) {
    try {
      return component.getAccessor().invoke(augmentation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
