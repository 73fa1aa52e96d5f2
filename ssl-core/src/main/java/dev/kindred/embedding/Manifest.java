package dev.kindred.embedding;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What {@code kindred.json} beside a saved network says: everything needed to use it rightly.
 *
 * @param format the version of this form, {@link #FORMAT}
 * @param domain what kind of example it takes, such as {@code image}
 * @param dimension the width of a representation
 * @param input how examples are packed and preprocessed, as the domain's views describe themselves
 * @param encoder the network, as its encoder describes itself
 * @param provenance where it comes from: method, data, settings, seed, versions
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Manifest(
    int format,
    String domain,
    int dimension,
    Map<String, Object> input,
    Map<String, Object> encoder,
    Map<String, Object> provenance) {
  /** The version of the saved form that this library writes and reads. */
  public static final int FORMAT = 1;
}
