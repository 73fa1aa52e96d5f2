package dev.kindred.embedding;

import dev.kindred.nn.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * A network's values by parameter path, on their way from one graph to another. Owns its tensors;
 * {@link #close} may be called twice.
 */
public final class Weights implements AutoCloseable {
  private final Map<String, TFloat32> byPath;

  /** Takes ownership of the tensors. */
  public Weights(Map<String, TFloat32> byPath) {
    this.byPath = new LinkedHashMap<>(byPath);
  }

  /** The values that {@code parameters} have in {@code session}; the caller closes them. */
  public static Weights read(Session session, Collection<Parameter> parameters) {
    Map<String, Operand<?>> values = new LinkedHashMap<>();
    parameters.forEach(parameter -> values.put(parameter.path(), parameter.value()));
    return read(session, values);
  }

  /** What the operands give in {@code session}; the caller closes it. */
  static Weights read(Session session, Map<String, Operand<?>> operands) {
    Session.Runner runner = session.runner();
    operands.values().forEach(runner::fetch);
    Map<String, TFloat32> values = new LinkedHashMap<>();
    Result result = runner.run();
    int next = 0;
    for (String path : operands.keySet()) {
      values.put(path, (TFloat32) result.get(next++));
    }
    return new Weights(values);
  }

  /** The tensors by path; they stay this object's. */
  public Map<String, TFloat32> byPath() {
    return java.util.Collections.unmodifiableMap(byPath);
  }

  /**
   * The tensor at {@code path}; stays this object's.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TFloat32 value(String path) {
    TFloat32 value = byPath.get(path);
    if (value == null) {
      throw new IllegalArgumentException("weights must hold every parameter, but lack " + path);
    }
    return value;
  }

  /** The SHA-256 of all paths, shapes and values, in hexadecimal digits. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byPath.forEach(
          (path, value) -> {
            digest.update((path + value.shape()).getBytes(StandardCharsets.UTF_8));
            digest.update(bytes(value));
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] bytes(TFloat32 value) {
    byte[] bytes = new byte[Math.toIntExact(value.numBytes())];
    value.asRawTensor().data().read(bytes);
    return bytes;
  }

  @Override
  public void close() {
    byPath.values().forEach(TFloat32::close);
    byPath.clear();
  }
}
