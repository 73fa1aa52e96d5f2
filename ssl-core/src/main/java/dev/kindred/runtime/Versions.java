package dev.kindred.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.TensorFlow;

/** The versions that a result depends on. */
public final class Versions {
  private Versions() {}

  /** The versions of Kindred, TensorFlow and Java, by name. */
  public static Map<String, Object> all() {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("kindred", kindred());
    versions.put("tensorflow", TensorFlow.version());
    versions.put("java", String.valueOf(Runtime.version()));
    return versions;
  }

  /** This library's version, as its jar states it; {@code development} outside a jar. */
  public static String kindred() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
