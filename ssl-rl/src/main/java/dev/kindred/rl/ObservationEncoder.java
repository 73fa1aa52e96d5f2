package dev.kindred.rl;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.embedding.WeightsSource;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.rl.data.Clip;
import dev.kindred.rl.env.Frame;
import java.nio.file.Path;
import java.util.List;

/**
 * A saved encoder of observations in use: stacks of pictures in, representations out. Safe for use
 * from several threads at once; close it when done.
 *
 * <pre>{@code
 * try (ObservationEncoder encoder = ObservationEncoder.load(Path.of("runs/lander/encoder"))) {
 *   float[] v = encoder.embed(observation);
 * }
 * }</pre>
 *
 * @see EncodedEnvironment
 */
public final class ObservationEncoder implements Embedder<Clip> {
  private final Embedder<Clip> delegate;
  private final StackShape shape;

  private ObservationEncoder(Embedder<Clip> delegate, StackShape shape) {
    this.delegate = delegate;
    this.shape = shape;
  }

  /**
   * Opens the encoder saved in {@code folder}, such as {@code RUN/encoder}.
   *
   * @throws dev.kindred.runtime.KindredException if it holds no encoder, one of another domain or
   *     version, or a damaged one
   */
  public static ObservationEncoder load(Path folder) {
    Embedder<Clip> delegate =
        SavedEncoder.load(
            folder,
            ObservationViews.DOMAIN,
            manifest -> ObservationViews.fromSettings(manifest.input()));
    Manifest manifest = SavedEncoder.manifest(folder);
    return new ObservationEncoder(delegate, StackShape.of(manifest.input()));
  }

  /**
   * The weights of the encoder saved in {@code folder}, for an agent or a training to start from;
   * read when that begins.
   */
  public static WeightsSource weights(Path folder) {
    return SavedEncoder.source(folder);
  }

  /**
   * The encoder saved in {@code folder} as it was before it was trained: the same network with
   * random weights, to compare with.
   *
   * @param seed what the weights derive from
   * @throws dev.kindred.runtime.KindredException as {@link #load}
   */
  public static Embedder<Clip> untrained(Path folder, long seed) {
    Manifest manifest = SavedEncoder.manifest(folder, ObservationViews.DOMAIN);
    return untrained(manifest, PixelEncoder.fromSettings(manifest.encoder()), seed);
  }

  /**
   * What the encoder saved in {@code folder} is given, through a random matrix to as many numbers
   * as it makes: what raw pixels are worth.
   *
   * @param seed what the matrix derives from
   * @throws dev.kindred.runtime.KindredException as {@link #load}
   */
  public static Embedder<Clip> projection(Path folder, long seed) {
    Manifest manifest = SavedEncoder.manifest(folder, ObservationViews.DOMAIN);
    return untrained(manifest, new PixelProjection(manifest.dimension()), seed);
  }

  private static Embedder<Clip> untrained(Manifest manifest, TensorEncoder network, long seed) {
    return new UntrainedEncoder(
        InferenceModel.untrained(ObservationViews.fromSettings(manifest.input()), network, seed));
  }

  /** The shape of the observations that it takes. */
  public StackShape shape() {
    return shape;
  }

  @Override
  public int dimension() {
    return delegate.dimension();
  }

  /**
   * The representation of one observation.
   *
   * @param observation a stack of pictures of {@link #shape}
   * @throws IllegalArgumentException if it is of another shape
   */
  public float[] embed(Frame observation) {
    return embedFrames(List.of(observation))[0];
  }

  /**
   * The representations of several observations.
   *
   * @return {@code [observations][dimension]}
   * @throws IllegalArgumentException if one is of another shape
   */
  public float[][] embedFrames(List<Frame> observations) {
    observations.forEach(shape::require);
    return delegate.embed(
        observations.stream().map(frame -> Clip.of(frame, shape.stack())).toList());
  }

  @Override
  public float[][] embed(List<Clip> clips) {
    return delegate.embed(clips);
  }

  @Override
  public Embeddings embed(Dataset<Clip> clips) {
    return delegate.embed(clips);
  }

  @Override
  public void close() {
    delegate.close();
  }
}
