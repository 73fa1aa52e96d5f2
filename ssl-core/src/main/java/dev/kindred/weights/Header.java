package dev.kindred.weights;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a header, and holds every number in it to the others and to the size of the data. */
final class Header {
  /** The key that holds no tensor but texts about the file. */
  static final String METADATA = "__metadata__";

  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  /** What to do about a damaged file. */
  static final String AGAIN = "; save or download it again";

  private static final int LONGEST_SHOWN = 100;
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final long dataSize;
  private final Set<Dtype> dtypes;
  private final long largest;
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /**
   * Prepares to read.
   *
   * @param file what messages name
   * @param dataSize the number of bytes after the header
   * @param dtypes what a tensor may be of
   * @param largest the most values of one tensor
   */
  Header(Path file, long dataSize, Set<Dtype> dtypes, long largest) {
    this.file = file;
    this.dataSize = dataSize;
    this.dtypes = dtypes;
    this.largest = largest;
  }

  /** The texts about the file, once {@link #entries} has read them; not to be modified. */
  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /**
   * The tensors in the order of the header.
   *
   * @throws KindredException if it is not a header, or not of this much data
   */
  List<Entry> entries(String json) {
    JsonNode header = parse(json);
    List<Entry> entries = new ArrayList<>();
    header
        .properties()
        .forEach(
            property -> {
              if (property.getKey().equals(METADATA)) {
                readTexts(property.getValue());
              } else {
                entries.add(entry(property.getKey(), property.getValue()));
              }
            });
    requireCovered(entries);
    return entries;
  }

  private JsonNode parse(String json) {
    if (!json.startsWith("{")) {
      throw damaged("the header must begin with {, was " + shown(json));
    }
    try {
      return STRICT.readTree(json);
    } catch (JacksonException e) {
      String words = cut(e.getOriginalMessage().replaceAll("\\p{Cntrl}", " "));
      String rule = "the header must be one JSON object with every name once (" + words + ")";
      throw new KindredException(file + ": " + rule + AGAIN, e);
    }
  }

  private void readTexts(JsonNode texts) {
    if (!(texts.isObject() && texts.valueStream().allMatch(JsonNode::isTextual))) {
      throw damaged(METADATA + " must be an object of strings, was " + shown(texts));
    }
    texts.properties().forEach(text -> metadata.put(text.getKey(), text.getValue().textValue()));
  }

  private Entry entry(String name, JsonNode description) {
    if (!description.isObject()) {
      throw damaged(name, "must be an object, was " + shown(description));
    }
    Dtype dtype = dtype(name, field(name, description, DTYPE));
    long[] shape = wholeNumbers(name, SHAPE, field(name, description, SHAPE));
    long[] offsets = wholeNumbers(name, OFFSETS, field(name, description, OFFSETS));
    if (offsets.length != 2) {
      throw damaged(name, "data_offsets must be [begin, end], was " + shown(offsets));
    }
    Entry entry = new Entry(name, dtype, shape, offsets[0], offsets[1]);
    requireInside(entry);
    requireSize(entry);
    return entry;
  }

  private JsonNode field(String name, JsonNode description, String key) {
    JsonNode value = description.get(key);
    if (value == null) {
      throw damaged(name, "must have dtype, shape and data_offsets, lacks " + key);
    }
    return value;
  }

  private Dtype dtype(String name, JsonNode value) {
    return Dtype.named(value.asText(), dtypes)
        .orElseThrow(
            () ->
                failure(
                    name,
                    "dtype must be one of %s, was %s; convert it, or save the file without it"
                        .formatted(Dtype.names(dtypes), shown(value))));
  }

  private long[] wholeNumbers(String name, String key, JsonNode value) {
    boolean whole = value.isArray() && value.valueStream().allMatch(Header::isWhole);
    if (!whole) {
      throw damaged(name, key + " must be an array of whole numbers >= 0, was " + shown(value));
    }
    return value.valueStream().mapToLong(JsonNode::longValue).toArray();
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
  }

  private void requireInside(Entry entry) {
    if (entry.begin() > entry.end()) {
      throw damaged(
          entry.name(),
          "data_offsets must not end before they begin, were [%d, %d]"
              .formatted(entry.begin(), entry.end()));
    }
    if (entry.end() > dataSize) {
      throw damaged(
          entry.name(),
          "must end within the %d bytes after the header, ends at %d (the file is truncated)"
              .formatted(dataSize, entry.end()));
    }
  }

  private void requireSize(Entry entry) {
    long size = entry.size();
    if (size < 0 || size > largest) {
      throw failure(
          entry.name(),
          "shape must have a product of at most %d, was %s; save it in parts"
              .formatted(largest, shown(entry.shape())));
    }
    long needed = size * entry.dtype().bytes();
    long held = entry.end() - entry.begin();
    if (held != needed) {
      throw damaged(
          entry.name(),
          "must have the %d bytes that %s of %s takes, has %d"
              .formatted(needed, shown(entry.shape()), entry.dtype(), held));
    }
  }

  /** The format's rule against hidden data: every byte belongs to one tensor. */
  private void requireCovered(List<Entry> entries) {
    List<Entry> inPlace = new ArrayList<>(entries);
    inPlace.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : inPlace) {
      requireBegin(entry, covered);
      covered = entry.end();
    }
    if (covered != dataSize) {
      throw damaged(
          "must end with its last tensor, has %d bytes after it".formatted(dataSize - covered));
    }
  }

  private void requireBegin(Entry entry, long covered) {
    if (entry.begin() != covered) {
      String wrong = entry.begin() < covered ? "they overlap" : "there is a hole";
      throw damaged(
          entry.name(),
          "must begin at %d, where the tensor before it ends, begins at %d (%s)"
              .formatted(covered, entry.begin(), wrong));
    }
  }

  private KindredException damaged(String name, String rule) {
    return failure(name, rule + AGAIN);
  }

  private KindredException damaged(String rule) {
    return new KindredException(file + ": " + rule + AGAIN);
  }

  private KindredException failure(String name, String rule) {
    return new KindredException(file + ": " + shown(name) + ": " + rule);
  }

  /** A value as JSON, which stays one line whatever is in it. */
  private static String shown(Object value) {
    return cut(value instanceof JsonNode node ? node.toString() : Json.line(value));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }
}
