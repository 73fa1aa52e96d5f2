package dev.kindred.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LayersTest {
  private static final float[][][][] IMAGE = image(new Random(1), 2, 5, 5, 3);

  @Test
  void blocksUnderOnePathShareTheirParametersAndUnderTwoDoNot() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.TRAINING, 0);
      Block layer = Dense.of(4).withBias().named("fc");
      Operand<TFloat32> input = tf.constant(new float[2][3]);
      layer.apply(network.scope().child("online"), input);
      layer.apply(network.scope().child("online"), input);
      layer.apply(
          network.scope().child("momentum").startingAs(network.scope().child("online")), input);
      assertThat(network.parameters())
          .extracting(Parameter::path)
          .containsExactly(
              "online/fc/kernel", "online/fc/bias", "momentum/fc/kernel", "momentum/fc/bias");
      assertThat(network.parameters())
          .extracting(Parameter::trainable)
          .containsExactly(true, true, false, false);
    }
  }

  @Test
  void sharingAParameterWithAnotherShapeIsRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Scope scope = new Network(tf, Network.Mode.TRAINING, 0).scope().child("fc");
      Dense.of(4).apply(scope, tf.constant(new float[2][3]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Dense.of(5).apply(scope, tf.constant(new float[2][3])))
          .withMessage("fc/kernel is shared, so its shape must be [3, 4], was [3, 5]");
    }
  }

  @Test
  void initialValuesAreAFunctionOfSeedAndPath() {
    float[] first = kernel("a");
    assertThat(kernel("a")).isEqualTo(first);
    assertThat(kernel("b")).isNotEqualTo(first);
    assertThat(spread(first).getMin()).isNegative();
    assertThat(spread(first).getMax()).isPositive();
  }

  @Test
  void kernelsStartNormalWithTwoByTheFanOut() {
    float[] kernel = kernel("a");
    double variance = 2.0 / (3 * 3 * 64);
    double square = IntStream.range(0, kernel.length).mapToDouble(i -> kernel[i] * kernel[i]).sum();
    assertThat(square / kernel.length).isCloseTo(variance, within(0.05 * variance));
    assertThat(spread(kernel).getMax()).isGreaterThan((float) (3 * Math.sqrt(variance)));
    assertThat(spread(kernel).getAverage()).isCloseTo(0, within(0.05 * Math.sqrt(variance)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void convolutionsPadOnAllSidesAlike(int stride) {
    Conv2d conv = new Conv2d(2, 3, stride);
    float[] ones =
        NetworkRun.of(
            Network.Mode.INFERENCE,
            network -> conv.apply(network.scope(), network.scope().tf().constant(IMAGE)),
            (tf, network) -> fill(tf, network, 1));
    int side = (5 - 1) / stride + 1;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        assertThat(ones[(y * side + x) * 2])
            .isCloseTo(windowSum(y * stride, x * stride), within(1e-4f));
      }
    }
  }

  @Test
  void batchNormalisationUsesTheBatchAndMovesItsStatisticsAsPyTorchDoes() {
    float[][] rows = {{1, 10}, {2, 30}, {6, 20}};
    Function<Network, Operand<TFloat32>> build =
        network -> BatchNorm.create().apply(network.scope(), network.scope().tf().constant(rows));
    float[] output = NetworkRun.of(Network.Mode.TRAINING, build, NetworkRun.Prepare.NOTHING);
    double mean = 3;
    double variance = (4 + 1 + 9) / 3.0;
    assertThat(output[0])
        .isCloseTo((float) ((1 - mean) / Math.sqrt(variance + 1e-5)), within(1e-5f));
    float[] statistics =
        NetworkRun.of(
            Network.Mode.TRAINING,
            network -> {
              Operand<TFloat32> unused = build.apply(network);
              return network
                  .scope()
                  .tf()
                  .concat(
                      List.of(value(network, "mean"), value(network, "variance")),
                      network.scope().tf().constant(0));
            },
            (tf, network) -> network.replacements(tf, true));
    assertThat(statistics)
        .containsExactly(
            new float[] {0.3f, 2, (float) (0.9 + 0.1 * 14 / 2), (float) (0.9 + 0.1 * 100)},
            within(1e-5f));
  }

  @Test
  void eachGroupOfABatchIsNormalisedByItself() {
    float[] grouped =
        NetworkRun.of(Network.Mode.TRAINING, LayersTest::inThreeGroups, NetworkRun.Prepare.NOTHING);
    assertThat(grouped).containsExactly(new float[] {-1, 1, -1, 1, -1, 1}, within(1e-4f));
  }

  @Test
  void theStatisticsOfGroupsAreTheMeansOfTheirs() {
    float[] mean =
        NetworkRun.of(
            Network.Mode.TRAINING,
            network -> {
              inThreeGroups(network);
              return network
                  .tf()
                  .concat(
                      List.of(
                          network.named("mean").variable(), network.named("variance").variable()),
                      network.tf().constant(0));
            },
            (tf, network) -> network.replacements(tf, true));
    float variance = (8 + 18 + 8) / 3f;
    assertThat(mean)
        .containsExactly(
            new float[] {0.1f * (3 + 6 - 2) / 3, 0.9f + 0.1f * variance}, within(1e-5f));
  }

  private static Operand<TFloat32> inThreeGroups(Network network) {
    Operand<TFloat32> batch = network.tf().constant(new float[][] {{1}, {5}, {3}, {9}, {-4}, {0}});
    return BatchNorm.create().apply(network.scope().normGroups(3), batch);
  }

  @Test
  void inferenceFoldsTheNormalisationIntoTheConvolutionWithoutChangingTheResult() {
    ConvNorm block = new ConvNorm(new Conv2d(4, 3, 2), BatchNorm.create(), "conv", "bn");
    Block plain = block.conv().named("conv").then(block.norm().named("bn"));
    float[] folded = inference(block);
    assertThat(folded).containsExactly(inference(plain), within(1e-5f));
  }

  @Test
  void theLargestOfEachWindowIncludesTheEdges() {
    float[][][][] one = new float[1][4][4][1];
    one[0][3][3][0] = 5;
    one[0][0][0][0] = 2;
    float[] pooled =
        NetworkRun.of(
            Network.Mode.INFERENCE,
            network ->
                Pooling.max3x3Stride2().apply(network.scope(), network.scope().tf().constant(one)),
            NetworkRun.Prepare.NOTHING);
    assertThat(pooled).containsExactly(2, 0, 0, 5);
  }

  @Test
  void headsHaveAReluBetweenAndNoneAtTheEnd() {
    float[] output =
        NetworkRun.of(
            Network.Mode.TRAINING,
            network ->
                MlpHead.of(8, 4)
                    .apply(
                        network.scope(),
                        network.scope().tf().constant(image(new Random(2), 1, 1, 6, 3)[0][0])),
            NetworkRun.Prepare.NOTHING);
    assertThat(output).hasSize(24);
    assertThat(spread(output).getMin()).isNegative();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MlpHead.of())
        .withMessage("widths must name at least one layer, was empty");
  }

  @Test
  void anUnknownWidthIsRefusedWhileTheGraphIsBuilt() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Scope scope = new Network(tf, Network.Mode.TRAINING, 0).scope().child("fc");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Dense.of(4).apply(scope, tf.placeholder(TFloat32.class)))
          .withMessageStartingWith(
              "the last dimension of the input of fc must be known while the graph is built");
    }
  }

  private static DoubleSummaryStatistics spread(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).summaryStatistics();
  }

  private static float[] inference(Block block) {
    return NetworkRun.of(
        Network.Mode.INFERENCE,
        network -> block.apply(network.scope(), network.scope().tf().constant(IMAGE)),
        (tf, network) ->
            network.parameters().stream()
                .filter(parameter -> !parameter.path().endsWith("kernel"))
                .map(parameter -> (Op) assign(tf, parameter))
                .toList());
  }

  /** A value for each normalisation parameter that is its own and above zero. */
  private static Op assign(Ops tf, Parameter parameter) {
    float[] values = new float[Math.toIntExact(parameter.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f + (parameter.path().hashCode() % 7 + 7) / 10f + i * 0.3f;
    }
    return tf.assign(parameter.variable(), tf.constant(values));
  }

  private static List<Op> fill(Ops tf, Network network, float value) {
    return network.parameters().stream()
        .map(
            parameter ->
                (Op)
                    tf.assign(
                        parameter.variable(),
                        tf.fill(
                            tf.constant(parameter.variable().shape().asArray()),
                            tf.constant(value))))
        .toList();
  }

  private static Operand<TFloat32> value(Network network, String path) {
    return network.parameters().stream()
        .filter(parameter -> parameter.path().equals(path))
        .map(parameter -> network.scope().tf().identity(parameter.variable()))
        .findFirst()
        .orElseThrow();
  }

  private static float[] kernel(String path) {
    return NetworkRun.of(
        Network.Mode.INFERENCE,
        network ->
            new Conv2d(64, 3, 1)
                .kernel(
                    network.scope().child(path),
                    network.scope().tf().constant(new float[1][1][1][16])),
        NetworkRun.Prepare.NOTHING);
  }

  private static float windowSum(int row, int column) {
    float sum = 0;
    for (int y = Math.max(0, row - 1); y <= Math.min(4, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(4, column + 1); x++) {
        for (float channel : IMAGE[0][y][x]) {
          sum += channel;
        }
      }
    }
    return sum;
  }

  private static float[][][][] image(
      Random random, int batch, int height, int width, int channels) {
    float[][][][] values = new float[batch][height][width][channels];
    for (float[][][] one : values) {
      for (float[][] row : one) {
        for (float[] pixel : row) {
          for (int c = 0; c < channels; c++) {
            pixel[c] = (float) random.nextGaussian();
          }
        }
      }
    }
    return values;
  }
}
