package dev.kindred.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * ResNet-18 for small images with SimCLR's projector, of DJL's blocks: layer for layer what {@link
 * dev.kindred.vision.ResNet} and {@link dev.kindred.nn.MlpHead} build. Images are {@code [batch, 3,
 * height, width]}, the order that DJL has.
 */
final class DjlNetwork {
  private static final int STAGES = 4;

  private DjlNetwork() {}

  /** The network; its first stage is {@code width} channels wide, its output {@code output}. */
  static Block simClr(int width, int output) {
    return encoder(width).add(projector(width << (STAGES - 1), output));
  }

  private static SequentialBlock encoder(int width) {
    SequentialBlock encoder =
        new SequentialBlock().add(convNorm(width, 3, 1)).add(Activation::relu);
    for (int stage = 0; stage < STAGES; stage++) {
      int channels = width << stage;
      encoder.add(residual(channels, stage == 0 ? 1 : 2)).add(residual(channels, 1));
    }
    return encoder.add(Pool.globalAvgPool2dBlock());
  }

  private static SequentialBlock projector(int hidden, int output) {
    return new SequentialBlock()
        .add(linear(hidden))
        .add(norm())
        .add(Activation::relu)
        .add(linear(output))
        .add(norm());
  }

  private static Block residual(int channels, int stride) {
    SequentialBlock main =
        new SequentialBlock()
            .add(convNorm(channels, 3, stride))
            .add(Activation::relu)
            .add(convNorm(channels, 3, 1));
    Block shortcut = stride == 1 ? Blocks.identityBlock() : convNorm(channels, 1, stride);
    return new ParallelBlock(DjlNetwork::reluOfSum, List.of(main, shortcut));
  }

  private static NDList reluOfSum(List<NDList> branches) {
    NDArray sum = branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow());
    return new NDList(Activation.relu(sum));
  }

  private static Block convNorm(int filters, int size, int stride) {
    int padding = (size - 1) / 2;
    Block conv =
        Conv2d.builder()
            .setKernelShape(new Shape(size, size))
            .setFilters(filters)
            .optStride(new Shape(stride, stride))
            .optPadding(new Shape(padding, padding))
            .optBias(false)
            .build();
    return new SequentialBlock().add(conv).add(norm());
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).optBias(false).build();
  }

  private static Block norm() {
    return BatchNorm.builder().build();
  }
}
