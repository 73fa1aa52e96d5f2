package dev.kindred.rl;

import dev.kindred.nn.Activations;
import dev.kindred.nn.BatchNorm;
import dev.kindred.nn.Dense;
import dev.kindred.nn.LayerNorm;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A small convolutional network for stacks of pictures {@code [batch, height, width, channels]}:
 * convolutions without padding, each with a bias and ReLU, one dense layer, layer normalisation.
 *
 * <p>In most worlds a large background is always the same, and what matters is a few pixels.
 * Without batch normalisation all representations then start all but equal, and what is to learn
 * from their differences may learn nothing at all: normalise {@link Normalize#EVERYWHERE} to
 * pretrain, and the {@link Normalize#INPUT} inside an agent that learns from rewards, where the
 * statistics of features change with how it acts.
 *
 * @param layers the convolutions
 * @param dimension the width of the representation, {@code >= 1}
 * @param normalize where there is batch normalisation
 */
public record PixelEncoder(List<Layer> layers, int dimension, Normalize normalize)
    implements TensorEncoder {
  /** CURL's width of a representation. */
  public static final int CURL_DIMENSION = 50;

  /** The width of the last hidden layer of the network of Mnih et al. */
  public static final int NATURE_DIMENSION = 512;

  /** The width of a representation by {@link #mid}. */
  public static final int MID_DIMENSION = 128;

  /** Where batch normalisation is. */
  public enum Normalize {
    /** Nowhere, as in the papers. */
    NOTHING,
    /** Of the pictures. */
    INPUT,
    /** Of the pictures, and of what each convolution makes of them. */
    EVERYWHERE;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A convolution.
   *
   * @param filters its output channels
   * @param size the height and width of its kernel
   * @param stride the step between outputs
   */
  public record Layer(int filters, int size, int stride) {
    /** Checks the numbers. */
    public Layer {
      Require.atLeastOne("filters", filters);
      Require.atLeastOne("kernel size", size);
      Require.atLeastOne("stride", stride);
    }

    private String describe() {
      return "%dx%d/%d".formatted(filters, size, stride);
    }

    private static Layer of(Object description) {
      String text = String.valueOf(description);
      if (!text.matches("[0-9]{1,6}x[0-9]{1,4}/[0-9]{1,4}")) {
        throw new IllegalArgumentException(
            "a layer must be FILTERSxSIZE/STRIDE, such as 32x3/2, was " + text);
      }
      int[] numbers = Arrays.stream(text.split("[x/]", -1)).mapToInt(Integer::parseInt).toArray();
      return new Layer(numbers[0], numbers[1], numbers[2]);
    }
  }

  /** Checks the numbers. */
  public PixelEncoder {
    layers = List.copyOf(layers);
    Require.that(!layers.isEmpty(), "layers", "at least one", "none");
    Require.atLeastOne("dimension", dimension);
  }

  /**
   * The network of CURL and SAC+AE: four convolutions of 32 filters, 3 by 3, the first with stride
   * 2.
   *
   * @see <a href="https://arxiv.org/abs/2004.04136">Laskin et al. 2020, CURL</a>
   */
  public static PixelEncoder curl() {
    Layer even = new Layer(32, 3, 1);
    return new PixelEncoder(
        List.of(new Layer(32, 3, 2), even, even, even), CURL_DIMENSION, Normalize.NOTHING);
  }

  /**
   * The network of deep Q-learning on Atari: a third of the arithmetic of {@link #curl} for
   * pictures of 84 by 84.
   *
   * @see <a href="https://www.nature.com/articles/nature14236">Mnih et al. 2015</a>
   */
  public static PixelEncoder nature() {
    return new PixelEncoder(
        List.of(new Layer(32, 8, 4), new Layer(64, 4, 2), new Layer(64, 3, 1)),
        NATURE_DIMENSION,
        Normalize.NOTHING);
  }

  /**
   * A network between the two: kernels small enough for things of a few pixels, strides that keep
   * the arithmetic down.
   */
  public static PixelEncoder mid() {
    return new PixelEncoder(
        List.of(new Layer(32, 5, 2), new Layer(64, 3, 2), new Layer(64, 3, 2), new Layer(64, 3, 1)),
        MID_DIMENSION,
        Normalize.NOTHING);
  }

  /**
   * The network that {@code settings}, as made by {@link #settings}, describe.
   *
   * @throws IllegalArgumentException if a setting is missing or not allowed
   */
  static PixelEncoder fromSettings(Map<String, ?> settings) {
    if (!(settings.get("layers") instanceof List<?> layers)) {
      throw new IllegalArgumentException("layers must be a list, was " + settings.get("layers"));
    }
    return new PixelEncoder(
        layers.stream().map(Layer::of).toList(),
        StackShape.number(settings, "dimension"),
        normalize(settings.get("batch_norm")));
  }

  private static Normalize normalize(@Nullable Object name) {
    return Arrays.stream(Normalize.values())
        .filter(where -> where.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "batch_norm must be one of nothing, input, everywhere, was " + name));
  }

  /** The same network with a representation of another width. */
  public PixelEncoder withDimension(int value) {
    return new PixelEncoder(layers, value, normalize);
  }

  /** The same network with batch normalisation there. */
  public PixelEncoder normalizing(Normalize where) {
    return new PixelEncoder(layers, dimension, where);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
    Operand<TFloat32> features =
        normalize(scope.child("input"), view, normalize != Normalize.NOTHING);
    for (int i = 0; i < layers.size(); i++) {
      features = convolve(scope.child("conv" + i), layers.get(i), features);
    }
    return new Dense(dimension, true)
        .named("dense")
        .then(LayerNorm.create().named("norm"))
        .apply(scope, flat(scope.tf(), features));
  }

  private static Operand<TFloat32> normalize(
      Scope scope, Operand<TFloat32> features, boolean wanted) {
    return wanted ? BatchNorm.create().named("bn").apply(scope, features) : features;
  }

  private Operand<TFloat32> convolve(Scope scope, Layer layer, Operand<TFloat32> input) {
    requireLarge(scope, layer, input.shape());
    boolean everywhere = normalize == Normalize.EVERYWHERE;
    Operand<TFloat32> convolved =
        new ValidConvolution(layer.filters(), layer.size(), layer.stride(), !everywhere)
            .apply(scope, input);
    return Activations.relu().apply(scope, normalize(scope, convolved, everywhere));
  }

  private static void requireLarge(Scope scope, Layer layer, Shape shape) {
    if (shape.get(1) < layer.size() || shape.get(2) < layer.size()) {
      throw new IllegalArgumentException(
          "pictures must be large enough for the encoder's convolutions, but %s of %d by %d comes"
                  .formatted(scope.path(), layer.size(), layer.size())
              + " to %d by %d; take larger pictures or a smaller encoder"
                  .formatted(shape.get(1), shape.get(2)));
    }
  }

  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> features) {
    Shape shape = features.shape();
    long size = shape.get(1) * shape.get(2) * shape.get(3);
    return tf.reshape(features, tf.array(-1, Math.toIntExact(size)));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "pixels");
    settings.put("layers", layers.stream().map(Layer::describe).toList());
    settings.put("dimension", dimension);
    settings.put("batch_norm", normalize.label());
    return settings;
  }
}
