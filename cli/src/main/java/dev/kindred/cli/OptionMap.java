package dev.kindred.cli;

import dev.kindred.runtime.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** An object's options as a map by their long names without dashes, in JSON types. */
final class OptionMap {
  private OptionMap() {}

  /** The values of all options of {@code holder} that are set. */
  static Map<String, Object> of(Object holder) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : CommandSpec.forAnnotatedObject(holder).options()) {
      Object value = option.getValue();
      if (value != null) {
        values.put(key(option), json(value));
      }
    }
    return values;
  }

  /**
   * Sets {@code holder}'s options to {@code values}, except those that {@code stronger} has.
   *
   * @param source what the values come from, for messages
   * @throws IllegalArgumentException if a key is no option, or a value not one that it takes
   */
  static void fill(
      Object holder, Map<String, ?> values, String source, @Nullable ParseResult stronger) {
    CommandLine line = new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true);
    CommandSpec spec = line.getCommandSpec();
    Map<String, Object> kept = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          OptionSpec option = option(spec, key, source);
          if (stronger == null || !stronger.hasMatchedOption(option.longestName())) {
            kept.put(key, value);
          }
        });
    Map<String, Object> before = of(holder);
    before.putAll(kept);
    try {
      line.parseArgs(arguments(spec, before, source));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static String[] arguments(CommandSpec spec, Map<String, ?> values, String source) {
    List<String> arguments = new ArrayList<>();
    values.forEach((key, value) -> arguments.add(argument(option(spec, key, source), value)));
    return arguments.toArray(String[]::new);
  }

  private static String argument(OptionSpec option, Object value) {
    if (option.negatable()) {
      boolean on = Boolean.parseBoolean(String.valueOf(value));
      return on ? option.longestName() : option.longestName().replaceFirst("--", "--no-");
    }
    return option.longestName() + "=" + text(value);
  }

  private static String text(Object value) {
    return value instanceof Collection<?> several
        ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  private static OptionSpec option(CommandSpec spec, String key, String source) {
    OptionSpec option = spec.findOption("--" + key);
    if (option == null) {
      List<String> known = spec.options().stream().map(OptionMap::key).toList();
      throw new IllegalArgumentException(source + ": " + Names.unknown("setting", key, known));
    }
    return option;
  }

  private static String key(OptionSpec option) {
    return option.longestName().substring("--".length());
  }

  private static Object json(Object value) {
    if (value instanceof Float number) {
      // By its shortest digits, so that 0.1f stays 0.1.
      return Double.valueOf(number.toString());
    }
    return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value;
  }
}
