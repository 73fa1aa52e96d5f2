package dev.kindred.spark;

import dev.kindred.text.TextViews;
import dev.kindred.vision.ImageViews;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** What the values of a column are, and which encoders read them. */
enum Content {
  IMAGE_FILES(ImageViews.DOMAIN, DataTypes.BinaryType, OpenEncoder::images),
  IMAGE_PATHS(ImageViews.DOMAIN, DataTypes.StringType, OpenEncoder::images),
  TEXTS(TextViews.DOMAIN, DataTypes.StringType, OpenEncoder::texts);

  private final String domain;
  private final DataType type;
  private final Function<Path, OpenEncoder<?>> opening;

  Content(String domain, DataType type, Function<Path, OpenEncoder<?>> opening) {
    this.domain = domain;
    this.type = type;
    this.opening = opening;
  }

  /**
   * What {@code column} holds for an encoder of {@code domain}.
   *
   * @throws IllegalArgumentException if it is of a type that such an encoder does not read
   */
  static Content of(String domain, StructField column) {
    return Arrays.stream(values())
        .filter(content -> content.domain.equals(domain) && content.type.equals(column.dataType()))
        .findFirst()
        .orElseThrow(() -> wrongType(domain, column));
  }

  String domain() {
    return domain;
  }

  /** Opens an encoder that reads this. */
  OpenEncoder<?> open(Path folder) {
    return opening.apply(folder);
  }

  private static IllegalArgumentException wrongType(String domain, StructField column) {
    String types =
        Arrays.stream(values())
            .filter(content -> content.domain.equals(domain))
            .map(content -> content.type.simpleString())
            .collect(Collectors.joining(" or "));
    return new IllegalArgumentException(
        "column %s must be %s for an encoder of domain %s, was %s"
            .formatted(column.name(), types, domain, column.dataType().simpleString()));
  }
}
