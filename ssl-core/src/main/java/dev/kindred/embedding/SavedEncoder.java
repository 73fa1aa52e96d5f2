package dev.kindred.embedding;

import dev.kindred.data.Feeds;
import dev.kindred.data.ViewPipeline;
import dev.kindred.nn.Parameter;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;

/**
 * The saved form of an encoder: a folder with a TensorFlow SavedModel and {@code kindred.json}. The
 * preprocessing is inside, so it cannot be forgotten.
 */
public final class SavedEncoder {
  /** The name of the manifest in the folder. */
  public static final String MANIFEST = "kindred.json";

  private SavedEncoder() {}

  /**
   * Saves {@code model}, whole or not at all, replacing what is there.
   *
   * @throws KindredException if the folder cannot be written
   */
  public static void save(InferenceModel<?> model, Manifest manifest, Path folder) {
    WholeFile.folder(
        folder,
        temporary -> {
          export(model, temporary);
          model.views().writeFiles(temporary);
          Json.write(temporary.resolve(MANIFEST), manifest);
        });
  }

  private static void export(InferenceModel<?> model, Path folder) throws IOException {
    try {
      model.export(folder);
    } catch (TensorFlowException e) { // such as that the disk is full
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Reads the manifest of a saved encoder.
   *
   * @throws KindredException if {@code folder} holds none, or one that this version cannot use
   */
  public static Manifest manifest(Path folder) {
    Path file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new KindredException(
          "%s: not a saved encoder (no %s in it); give the encoder folder of a run, such as RUN/encoder"
              .formatted(folder, MANIFEST));
    }
    Manifest manifest = Json.read(file, Manifest.class);
    requireFormat(file, manifest.format());
    requireWhole(file, manifest);
    return manifest;
  }

  /**
   * The same, of an encoder for {@code domain}, such as {@code image}.
   *
   * @throws KindredException as {@link #manifest(Path)}, and if it is for another domain
   */
  public static Manifest manifest(Path folder, String domain) {
    Manifest manifest = manifest(folder);
    requireDomain(folder, manifest, domain);
    return manifest;
  }

  /**
   * Opens a saved encoder; the caller closes it.
   *
   * @param domain what the caller can feed, such as {@code image}
   * @param host makes the pipeline that packs examples, from what the manifest says of the input
   * @throws KindredException if the folder holds no encoder of that domain, or a damaged one
   */
  public static <E> Embedder<E> load(
      Path folder, String domain, Function<Manifest, ? extends ViewPipeline<E, ?>> host) {
    Manifest manifest = manifest(folder, domain);
    return new BatchingEmbedder<>(
        host(folder, manifest, host), loaded(folder, manifest), manifest.dimension());
  }

  /**
   * The weights and statistics of a saved encoder by parameter path; the caller closes them.
   *
   * @param domain what the caller can use, such as {@code image}
   * @throws KindredException as {@link #load}
   */
  public static Weights weights(Path folder, String domain) {
    manifest(folder, domain);
    try (SavedModelBundle bundle = open(folder)) {
      Map<String, Operand<?>> variables = new LinkedHashMap<>();
      bundle
          .graph()
          .operations()
          .forEachRemaining(
              operation -> {
                if (operation.type().equals("VariableV2")) {
                  variables.put(Parameter.path(operation), operation.output(0));
                }
              });
      return Weights.read(bundle.session(), variables);
    }
  }

  /**
   * The weights of a saved encoder, to start a training of the same encoder from: all its settings
   * must agree.
   *
   * @param folder such as {@code RUN/encoder}; read when a training starts, not before
   */
  public static WeightsSource source(Path folder) {
    return new SavedWeights(folder);
  }

  private static void requireFormat(Path file, int format) {
    if (format != Manifest.FORMAT) {
      throw new KindredException(
          "%s: saved in format %d, but this version reads format %d; use the version that saved it"
              .formatted(file, format, Manifest.FORMAT));
    }
  }

  /** Jackson leaves what a file lacks null. */
  private static void requireWhole(Path file, Manifest manifest) {
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("domain", manifest.domain());
    parts.put("input", manifest.input());
    parts.put("encoder", manifest.encoder());
    parts.put("provenance", manifest.provenance());
    parts.forEach(
        (name, part) -> {
          if (part == null) {
            throw new KindredException(
                "%s: damaged, %s is missing; restore it from a copy".formatted(file, name));
          }
        });
  }

  private static void requireDomain(Path folder, Manifest manifest, String domain) {
    if (!manifest.domain().equals(domain)) {
      throw new KindredException(
          "%s: an encoder of domain %s cannot be used for domain %s; use an encoder trained on that domain"
              .formatted(folder, manifest.domain(), domain));
    }
  }

  /** What the manifest says of the input may be none that a host can be made of. */
  private static <E> ViewPipeline<E, ?> host(
      Path folder, Manifest manifest, Function<Manifest, ? extends ViewPipeline<E, ?>> host) {
    try {
      return host.apply(manifest);
    } catch (IllegalArgumentException e) {
      throw new KindredException(
          "%s: %s; restore it from a copy".formatted(folder.resolve(MANIFEST), e.getMessage()), e);
    }
  }

  /** The network, if it is of the width that the manifest says. */
  private static Loaded loaded(Path folder, Manifest manifest) {
    SavedModelBundle bundle = open(folder);
    GraphOperation output = bundle.graph().operation(InferenceModel.OUTPUT);
    if (output == null) {
      bundle.close();
      throw new KindredException(
          "%s: holds a network without %s; copy the whole folder again"
              .formatted(folder, InferenceModel.OUTPUT));
    }
    long width = output.output(0).shape().get(-1);
    if (width != Shape.UNKNOWN_SIZE && width != manifest.dimension()) {
      bundle.close();
      throw new KindredException(
          "%s: dimension must be %d, as the network's, was %d; restore it from a copy"
              .formatted(folder.resolve(MANIFEST), width, manifest.dimension()));
    }
    return new Loaded(bundle);
  }

  private static SavedModelBundle open(Path folder) {
    requireValues(folder);
    try {
      return SavedModelBundle.load(folder.toString());
    } catch (TensorFlowException e) {
      throw new KindredException(
          "%s: the saved network cannot be loaded (%s); copy it again, or save it again"
              .formatted(folder, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  /** TensorFlow would load a network without values, and fail when it is used. */
  private static void requireValues(Path folder) {
    Path values = folder.resolve("variables").resolve("variables.index");
    if (Files.exists(folder.resolve("saved_model.pb")) && !Files.exists(values)) {
      throw new KindredException(
          values + ": is missing, the network's values with it; copy the whole folder again");
    }
  }

  /** A network that was loaded. */
  private record Loaded(SavedModelBundle bundle) implements BatchingEmbedder.Representations {
    @Override
    public float[][] of(Feeds feeds) {
      Session.Runner runner = bundle.session().runner().fetch(InferenceModel.OUTPUT);
      feeds.tensors().forEach(runner::feed);
      try (Result result = runner.run()) {
        return StdArrays.array2dCopyOf((TFloat32) result.get(0));
      }
    }

    @Override
    public void close() {
      bundle.close();
    }
  }
}
