package dev.kindred.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kindred.runtime.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML file of settings: the long options without their dashes, each with its value. */
final class ConfigFile {
  private static final YAMLMapper YAML = new YAMLMapper();

  private ConfigFile() {}

  /**
   * The settings in {@code file}.
   *
   * @throws dev.kindred.runtime.KindredException if it cannot be read
   * @throws IllegalArgumentException if it is not YAML of this form
   */
  static Map<String, Object> read(Path file) {
    try {
      @Nullable Map<String, Object> settings =
          YAML.readValue(Files.readAllBytes(file), new TypeReference<>() {});
      return settings == null ? Map.of() : settings;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "%s: must be YAML such as \"batch-size: 256\", one setting a line (%s)"
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }
}
