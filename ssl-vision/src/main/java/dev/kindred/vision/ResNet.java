package dev.kindred.vision;

import dev.kindred.nn.Activations;
import dev.kindred.nn.BatchNorm;
import dev.kindred.nn.Block;
import dev.kindred.nn.Conv2d;
import dev.kindred.nn.ConvNorm;
import dev.kindred.nn.Pooling;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Residual networks as in torchvision (stride in the 3 x 3 convolution of a bottleneck, "v1.5"):
 * views {@code [batch, height, width, 3]} to the pooled representation {@code [batch, dimension]}.
 *
 * @param depth which network
 * @param width the channels of the first stage, 64 in the paper; each next stage doubles them
 * @param stem how the image enters
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2015, Deep Residual Learning for Image
 *     Recognition</a>
 */
public record ResNet(Depth depth, int width, Stem stem) implements TensorEncoder {
  /** The width of the first stage in the paper. */
  public static final int DEFAULT_WIDTH = 64;

  /** The networks of the paper that are small enough to train from scratch on one machine. */
  public enum Depth {
    /** Two basic blocks a stage: 18 layers. */
    RESNET18("resnet18", List.of(2, 2, 2, 2), false),
    /** 3, 4, 6 and 3 basic blocks: 34 layers. */
    RESNET34("resnet34", List.of(3, 4, 6, 3), false),
    /** 3, 4, 6 and 3 bottleneck blocks: 50 layers. */
    RESNET50("resnet50", List.of(3, 4, 6, 3), true);

    private final String name;
    private final List<Integer> blocks;
    private final boolean bottleneck;

    Depth(String name, List<Integer> blocks, boolean bottleneck) {
      this.name = name;
      this.blocks = blocks;
      this.bottleneck = bottleneck;
    }
  }

  /** How the image enters the first stage. */
  public enum Stem {
    /** A 7 x 7 convolution of stride 2 and a 3 x 3 maximum of stride 2, for images of about 224. */
    CLASSIC,
    /** A 3 x 3 convolution of stride 1, for images of about 32 to 64 (Chen et al. 2020, B.9). */
    SMALL_IMAGE
  }

  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException if {@code width < 1}
   */
  public ResNet {
    Require.atLeastOne("width", width);
  }

  /** ResNet-18 of the paper. */
  public static ResNet resnet18() {
    return new ResNet(Depth.RESNET18, DEFAULT_WIDTH, Stem.CLASSIC);
  }

  /** ResNet-34 of the paper. */
  public static ResNet resnet34() {
    return new ResNet(Depth.RESNET34, DEFAULT_WIDTH, Stem.CLASSIC);
  }

  /** ResNet-50 of the paper, with the stride in the 3 x 3 convolution. */
  public static ResNet resnet50() {
    return new ResNet(Depth.RESNET50, DEFAULT_WIDTH, Stem.CLASSIC);
  }

  /** This network with the stem for small images. */
  public ResNet smallImageStem() {
    return new ResNet(depth, width, Stem.SMALL_IMAGE);
  }

  /** This network with another number of channels in its first stage. */
  public ResNet width(int channels) {
    return new ResNet(depth, channels, stem);
  }

  @Override
  public int dimension() {
    return width << 3 << (depth.bottleneck ? 2 : 0);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
    Block network = stemBlock();
    for (int stage = 0; stage < depth.blocks.size(); stage++) {
      for (int block = 0; block < depth.blocks.get(stage); block++) {
        network =
            network.then(
                residual(stage, block).named("stage%d/block%d".formatted(stage + 1, block)));
      }
    }
    return network.then(Pooling.globalAverage()).apply(scope, view);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", depth.name);
    settings.put("width", width);
    settings.put("stem", stem.name().toLowerCase(java.util.Locale.ROOT));
    return settings;
  }

  private Block stemBlock() {
    boolean small = stem == Stem.SMALL_IMAGE;
    Block entry =
        convNorm(width, small ? 3 : 7, small ? 1 : 2, "conv1", "bn1").then(Activations.relu());
    return small ? entry : entry.then(Pooling.max3x3Stride2());
  }

  private Block residual(int stage, int block) {
    int channels = width << stage;
    int stride = stage > 0 && block == 0 ? 2 : 1;
    Block main = depth.bottleneck ? bottleneck(channels, stride) : basic(channels, stride);
    int out = depth.bottleneck ? 4 * channels : channels;
    boolean project = stride != 1 || (block == 0 && out != width);
    Block shortcut =
        project
            ? convNorm(out, 1, stride, "downsample/conv", "downsample/bn")
            : (scope, input) -> input;
    return (scope, input) ->
        scope
            .tf()
            .nn
            .relu(scope.tf().math.add(main.apply(scope, input), shortcut.apply(scope, input)));
  }

  private static Block basic(int channels, int stride) {
    return convNorm(channels, 3, stride, "conv1", "bn1")
        .then(Activations.relu())
        .then(convNorm(channels, 3, 1, "conv2", "bn2"));
  }

  private static Block bottleneck(int channels, int stride) {
    return convNorm(channels, 1, 1, "conv1", "bn1")
        .then(Activations.relu())
        .then(convNorm(channels, 3, stride, "conv2", "bn2"))
        .then(Activations.relu())
        .then(convNorm(4 * channels, 1, 1, "conv3", "bn3"));
  }

  private static Block convNorm(int filters, int size, int stride, String conv, String norm) {
    return new ConvNorm(new Conv2d(filters, size, stride), BatchNorm.create(), conv, norm);
  }
}
