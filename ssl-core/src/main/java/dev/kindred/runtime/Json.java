package dev.kindred.runtime;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON files as this library writes and reads them. */
public final class Json {
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper LINE = new ObjectMapper();
  private static final ObjectReader ONE_OBJECT =
      LINE.readerFor(new TypeReference<Map<String, Object>>() {})
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /**
   * Writes {@code value} as indented JSON, whole or not at all.
   *
   * @throws KindredException if the file cannot be written
   */
  public static void write(Path file, Object value) {
    WholeFile.write(file, out -> out.write(PRETTY.writeValueAsBytes(value)));
  }

  /** {@code value} as JSON in one line. */
  public static String line(Object value) {
    try {
      return LINE.writeValueAsString(value);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a JSON value: " + value, e);
    }
  }

  /**
   * The object that {@code text} holds.
   *
   * @throws IllegalArgumentException if it is not a JSON object, or more than one
   */
  public static Map<String, Object> parse(String text) {
    try {
      Map<String, Object> object = ONE_OBJECT.readValue(text);
      if (object == null) {
        throw new IllegalArgumentException("not a JSON object: null");
      }
      return object;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a JSON object: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The value that {@code text} holds, of a type that Jackson can make.
   *
   * @throws IllegalArgumentException if it is not of that type
   */
  public static <T> T parse(String text, Class<T> type) {
    try {
      return LINE.readValue(text, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "not a %s in JSON: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
    }
  }

  /** What {@code value} becomes on its way through a JSON file, to be compared with one read. */
  public static Map<String, Object> plain(Map<String, Object> value) {
    return parse(line(value));
  }

  /**
   * Reads an object.
   *
   * @throws KindredException if the file is missing, or is not a JSON object
   */
  public static Map<String, Object> read(Path file) {
    return read(file, new TypeReference<Map<String, Object>>() {});
  }

  /**
   * Reads a value of a type that Jackson can make.
   *
   * @throws KindredException if the file is missing, or is not of that type
   */
  public static <T> T read(Path file, Class<T> type) {
    return read(
        file,
        new TypeReference<T>() {
          @Override
          public java.lang.reflect.Type getType() {
            return type;
          }
        });
  }

  private static <T> T read(Path file, TypeReference<T> type) {
    try {
      T value = LINE.readValue(Files.readAllBytes(file), type);
      if (value == null) {
        throw damaged(file, "null", null);
      }
      return value;
    } catch (JacksonException e) {
      throw damaged(file, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static KindredException damaged(Path file, String why, @Nullable Exception cause) {
    return new KindredException(
        "%s: damaged, or not the JSON it should be (%s); restore it from a copy"
            .formatted(file, why),
        cause);
  }
}
